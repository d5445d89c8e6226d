"""What the pages tell sponsors before and after they act: an invitation, leaving, the lead, signing."""

import pytest
from django.urls import reverse

from activity.refused import Refused
from proposals.actions import sponsors


@pytest.fixture
def invited(draft, units, lead_head):
    return sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head)


def _of(proposal, code):
    return proposal.sponsorships.standing().get(unit__code=code)


def test_an_invited_head_is_offered_the_answer_and_nothing_that_is_closed(
    invited, draft, partner_head, lead_head, signed_in
):
    page = signed_in(partner_head).get(reverse("proposal", args=[draft.pk])).text
    assert f'<a class="btn btn-primary" href="/proposals/{draft.pk}/sponsors/">Accept or decline</a>' in page
    assert "Work on it" not in page and ">Sign on</a>" not in page
    assert "Accept or decline the invitation of Student support." in page
    assert "Accept or decline" not in signed_in(lead_head).get(reverse("proposal", args=[draft.pk])).text


def test_whoever_accepts_is_told_what_it_means(invited, partner_head, signed_in):
    client = signed_in(partner_head)
    typed = {"contribution": "A counselor.", "once": "1"}
    page = client.post(reverse("sponsor_accept", args=[invited.pk]), typed, follow=True).text
    assert "Student support sponsors P-01 now: its people may write" in page
    assert "You sign on for it once texts and costs stand" in page
    page = client.get(reverse("proposal", args=[invited.proposal_id])).text
    assert "Accept or decline" not in page
    assert f'<a class="btn btn-primary" href="/proposals/{invited.proposal_id}/edit/">Work on it</a>' in page


def test_before_the_lead_is_handed_on_it_says_that_all_sign_again(joint_draft, lead_head, signed_in):
    page = signed_in(lead_head).get(reverse("proposal_sponsors", args=[joint_draft.pk])).text
    warning = page.index("whoever has signed on is asked to sign again")
    assert page.index("Hand the lead to SSS") < warning < page.index("Yes, hand it on")


def test_why_a_sponsor_leaves_stands_in_the_history(
    joint_draft, partner_head, lead_head, stranger, signed_in
):
    client, row = signed_in(partner_head), _of(joint_draft, "SSS")
    assert 'name="reason"' in client.get(reverse("proposal_sponsors", args=[joint_draft.pk])).text
    client.post(reverse("sponsor_leave", args=[row.pk]), {"reason": "No counselor\nleft.", "once": "1"})
    page = signed_in(lead_head).get(reverse("proposal", args=[joint_draft.pk])).text
    assert "left for Student support: No counselor left." in page


def test_a_reason_is_not_asked_for_and_not_endless(joint_draft, partner_head, lead_head, signed_in):
    row = _of(joint_draft, "SSS")
    with pytest.raises(Refused, match="Shorten the reason to 500 letters"):
        sponsors.leave(sponsorship=row, by=partner_head, reason="x" * 501)
    sponsors.leave(sponsorship=row, by=partner_head)
    page = signed_in(lead_head).get(reverse("proposal", args=[joint_draft.pk])).text
    assert "left for Student support</li>" in page


def test_who_signs_on_sees_the_rules_of_funds_that_lines_do_not_keep(
    joint_draft, funds, lead_head, signed_in
):
    """As on the pages of costs and of submitting: the same lines with the same sentences."""
    client = signed_in(lead_head)
    before = client.get(reverse("proposal_sign", args=[joint_draft.pk])).text
    assert "does not fit" not in before
    funds["GF"].ends_on = joint_draft.season.fiscal_year_ends
    funds["GF"].save()
    pages = [client.get(reverse(name, args=[joint_draft.pk])) for name in ("proposal_costs", "proposal_sign")]
    for page in pages:
        assert "1 line does not fit the rules of its fund: " in page.text
        assert page.context["noted"][0]["notes"][0].sentence in page.text.replace("&#x27;", "'")
