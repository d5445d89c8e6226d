"""Who works with whom: the matrix of units that sponsor together."""

import pytest
from django.urls import reverse

from desk.together import together_in
from proposals.actions import sponsors

pytestmark = pytest.mark.django_db


def cells(found):
    return {(a.code, b.code): n for a, row in found.rows for b, n in zip(found.units, row, strict=True)}


def test_a_draft_counts_for_nobody(joint_draft):
    found = together_in(joint_draft.season)
    assert (found.n_proposals, found.rows) == (0, [])


def test_units_that_sponsor_a_circulated_proposal_together(submitted):
    found = together_in(submitted.season)
    codes = sorted(row.unit.code for row in submitted.sponsorships.all())
    assert (found.n_proposals, found.n_joint, found.most) == (1, 1, 1)
    assert [unit.code for unit in found.units] == codes
    one, other = codes
    assert cells(found) == {(one, one): None, (one, other): 1, (other, one): 1, (other, other): None}
    assert not {unit.code for unit in found.alone} & set(codes)


def test_what_is_being_revised_counts_as_it_was_circulated(in_revision, people):
    partner = in_revision.sponsorships.get(is_lead=False)
    before = cells(together_in(in_revision.season))
    sponsors.leave(sponsorship=partner, by=people.partner_head)
    assert cells(together_in(in_revision.season)) == before != {}


def test_the_page_in_a_fixed_number_of_queries(submitted, signed_in, stranger, django_assert_num_queries):
    client = signed_in(stranger)
    with django_assert_num_queries(7):
        page = client.get(reverse("together")).content.decode()
    assert "1 of 1 circulated proposal is" in page
    assert 'aria-label="Proposals that two units sponsor together"' in page


def test_how_we_decide_leads_to_it(season, signed_in, stranger):
    assert reverse("together") in signed_in(stranger).get("/season/").text
    page = signed_in(stranger).get(reverse("together")).text
    assert "Nothing is circulated yet" in page and "without a partner" not in page
