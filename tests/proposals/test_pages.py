"""Every page of the workspace opens for its people and for nobody else, in few queries."""

import pytest
from django.urls import reverse

from proposals.actions import drafting, sponsors
from proposals.models import CostLine, Proposal

WORKSPACE = [
    "proposal_edit", "proposal_details", "proposal_links", "proposal_costs", "proposal_asks",
    "proposal_schools", "proposal_sponsors", "proposal_sign", "proposal_submit", "proposal_withdraw",
]  # fmt: skip


@pytest.mark.parametrize("name", WORKSPACE)
def test_sponsors_open_it_in_twenty_queries(
    name, joint_draft, lead_head, partner_head, signed_in, django_assert_max_num_queries
):
    for person in (lead_head, partner_head):
        client = signed_in(person)
        with django_assert_max_num_queries(20):
            assert client.get(reverse(name, args=[joint_draft.pk])).status_code == 200


@pytest.mark.parametrize("name", [*WORKSPACE, "proposal"])
def test_strangers_find_no_draft(name, joint_draft, stranger, superintendent, steward, signed_in):
    for person in (stranger, superintendent, steward):
        assert signed_in(person).get(reverse(name, args=[joint_draft.pk])).status_code == 404


@pytest.mark.parametrize("name", WORKSPACE)
def test_submitted_pages_say_why_they_are_closed(name, submitted, lead_head, signed_in):
    assert signed_in(lead_head).get(reverse(name, args=[submitted.pk])).status_code == 200


def test_the_parts_of_a_proposal_are_named_for_what_they_hold(joint_draft, lead_head, stranger, signed_in):
    page = signed_in(lead_head).get(reverse("proposal_edit", args=[joint_draft.pk]))
    named = {tab["label"]: tab["url"] for tab in page.context["tabs"]}
    for label, name in (("Versions", "proposal_versions"), ("Overlaps and links", "proposal_links")):
        assert named[label] == reverse(name, args=[joint_draft.pk])
    versions = signed_in(lead_head).get(named["Versions"])
    assert [tab["label"] for tab in versions.context["tabs"] if tab["here"]] == ["Versions"]


def test_what_is_still_missing_is_told_to_who_writes(
    joint_draft, lead_head, stranger, client, signed_in, django_assert_max_num_queries
):
    url = reverse("proposal_live_still_missing", args=[joint_draft.pk])
    assert client.get(url).status_code == 401
    assert signed_in(stranger).get(url).status_code == 404
    mine = signed_in(lead_head)
    drafting.edit_section(proposal=joint_draft, kind="need", text="", by=lead_head)
    with django_assert_max_num_queries(12):
        part = mine.get(url).text
    reasons = mine.get(reverse("proposal_submit", args=[joint_draft.pk])).context["missing"]
    assert "Describe the problem" in part and all(reason.sentence in part for reason in reasons)
    assert f"{len(reasons)} thing" in part and "<form" not in part


@pytest.mark.parametrize("name", ["proposals", "intents", "intent_new", "proposal_new"])
def test_board_opens(name, joint_draft, lead_head, signed_in, django_assert_max_num_queries):
    client = signed_in(lead_head)
    with django_assert_max_num_queries(8):
        assert client.get(reverse(name)).status_code == 200


def test_only_the_steward_opens_late(season, steward, lead_head, signed_in):
    assert signed_in(steward).get(reverse("late_edit")).status_code == 200
    assert signed_in(lead_head).get(reverse("late_edit")).status_code == 403


def _copies(proposal, number):
    for n in range(number):
        row = Proposal.objects.create(
            season=proposal.season, code=f"P-1{n}", title="Another", created_at=proposal.created_at,
            submitted_at=proposal.created_at, submitted_by=proposal.created_by, status="submitted",
        )  # fmt: skip
        row.goals.set(proposal.goals.all())
        unit = proposal.sponsorships.first().unit
        row.sponsorships.create(unit=unit, is_lead=True)
        line = proposal.cost_lines.first()
        line.pk, line.proposal, line._state.adding = None, row, True
        CostLine.objects.bulk_create([line])


def test_the_list_asks_the_same_for_any_number(submitted, stranger, signed_in, django_assert_num_queries):
    client = signed_in(stranger)
    with django_assert_num_queries(8):
        assert "Reading coaches" in client.get(reverse("proposals")).text
    _copies(submitted, 3)
    with django_assert_num_queries(8):
        page = client.get(reverse("proposals"))
    assert page.context["total"] == 4
    assert "$212,908" in page.text


def test_the_list_filters(submitted, stranger, lead_head, goal, signed_in):
    client, url = signed_in(stranger), reverse("proposals")
    assert client.get(url, {"text": "coaches"}).context["total"] == 1
    assert client.get(url, {"text": "nothing like it"}).context["total"] == 0
    assert client.get(url, {"goal": goal.pk, "status": "submitted"}).context["total"] == 1
    assert client.get(url, {"status": "vetted"}).context["total"] == 0
    assert client.get(url, {"mine": "1"}).context["total"] == 0
    assert client.get(url, {"mine": "1", "page": "x", "goal": "x"}).context["total"] == 0
    assert signed_in(lead_head).get(url, {"mine": "1"}).context["total"] == 1


def test_while_sponsors_revise_others_list_what_was_circulated(
    in_revision, people, units, signed_in, django_assert_max_num_queries
):
    by, proposal = people.lead_head, Proposal.objects.get()
    drafting.edit_details(proposal=proposal, values={"title": "Secret coaches"}, by=by)
    sponsors.invite_sponsor(proposal=Proposal.objects.get(), unit=units["HRT"], by=by)
    proposal.cost_lines.update(year1_cents=1_00)
    url, client = reverse("proposals"), signed_in(people.asked_deputy)
    with django_assert_max_num_queries(8):
        page = client.get(url).text
    assert "Reading coaches" in page and "$212,908" in page and "Secret" not in page
    assert "Human resources (invited)" not in page
    assert client.get(url, {"text": "secret"}).context["total"] == 0
    assert client.get(url, {"text": "reading"}).context["total"] == 1
    review = client.get(reverse("review", args=[proposal.pk])).text
    assert "Reading coaches" in review and "Secret" not in review
    mine = signed_in(people.lead_deputy)
    assert "Secret coaches" in mine.get(url).text and "Human resources (invited)" in mine.get(url).text
    assert mine.get(url, {"text": "secret"}).context["total"] == 1
