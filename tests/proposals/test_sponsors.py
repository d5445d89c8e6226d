"""Inviting, accepting, leaving, leading; who asks is part of what is asked."""

import pytest
from django.urls import reverse

from activity.refused import Refused
from proposals.actions import asks, sponsors


@pytest.fixture
def invited(draft, units, lead_head):
    return sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head)


def _of(proposal, code):
    return proposal.sponsorships.standing().get(unit__code=code)


def test_inviting_and_accepting(invited, draft, partner_head, units):
    assert not draft.is_joint
    sponsors.accept_invitation(sponsorship=invited, contribution="A counselor.", by=partner_head)
    draft.refresh_from_db()
    assert draft.is_joint
    assert _of(draft, "SSS").contribution == "A counselor."


def test_nobody_is_invited_twice(invited, draft, units, lead_head):
    for code in ("SSS", "TL"):
        with pytest.raises(Refused, match="sponsors this proposal already or is invited"):
            sponsors.invite_sponsor(proposal=draft, unit=units[code], by=lead_head)


def test_an_asked_unit_is_not_invited(joint_draft, units, lead_head):
    with pytest.raises(Refused, match="Withdraw that ask first"):
        sponsors.invite_sponsor(proposal=joint_draft, unit=units["TRN"], by=lead_head)


def test_who_may_answer_an_invitation(invited, lead_head, stranger):
    for person in (lead_head, stranger):
        with pytest.raises(Refused, match="Only the head or the deputy of Student support"):
            sponsors.accept_invitation(sponsorship=invited, contribution="X", by=person)
        with pytest.raises(Refused, match="Only the head or the deputy of Student support"):
            sponsors.decline_invitation(sponsorship=invited, by=person)


def test_accepting_says_what_one_brings(invited, partner_head):
    with pytest.raises(Refused, match="what your unit brings"):
        sponsors.accept_invitation(sponsorship=invited, contribution=" ", by=partner_head)


def test_accepting_twice(invited, partner_head):
    sponsors.accept_invitation(sponsorship=invited, contribution="X", by=partner_head)
    with pytest.raises(Refused, match="has accepted already"):
        sponsors.accept_invitation(sponsorship=invited, contribution="X", by=partner_head)


def test_declining_ends_it(invited, draft, partner_head, lead_head, units):
    sponsors.decline_invitation(sponsorship=invited, by=partner_head)
    assert not draft.sponsorships.standing().filter(unit=units["SSS"]).exists()
    with pytest.raises(Refused, match="no longer a sponsor"):
        sponsors.accept_invitation(sponsorship=invited, contribution="X", by=partner_head)
    assert sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head).pk != invited.pk


def test_leaving_asks_every_ask_anew(joint_draft, partner_head):
    sponsors.leave(sponsorship=_of(joint_draft, "SSS"), by=partner_head)
    terms = joint_draft.asks.get().terms.order_by("number")
    assert [t.sponsors for t in terms] == ["TL; SSS", "TL"]
    assert terms[0].values() == terms[1].values()


def test_drafted_terms_stay_drafts_when_sponsors_change(joint_draft, partner_head, lead_head):
    ask = joint_draft.asks.get()
    asks.edit_ask(ask=ask, values={"what": "Two later buses"}, by=lead_head)
    sponsors.leave(sponsorship=_of(joint_draft, "SSS"), by=partner_head)
    ask.refresh_from_db()
    assert ask.current_terms.number == 2
    assert ask.current_terms.what == "A later bus for two schools"
    assert ask.is_unsent


def test_who_may_leave(joint_draft, lead_head, lead_deputy):
    with pytest.raises(Refused, match="Only the head or the deputy of Student support can leave"):
        sponsors.leave(sponsorship=_of(joint_draft, "SSS"), by=lead_head)
    with pytest.raises(Refused, match="The lead cannot leave"):
        sponsors.leave(sponsorship=_of(joint_draft, "TL"), by=lead_deputy)


def test_an_invitation_is_taken_back(invited, draft, lead_contributor, stranger):
    with pytest.raises(Refused, match="Only people of the sponsors"):
        sponsors.leave(sponsorship=invited, by=stranger)
    sponsors.leave(sponsorship=invited, by=lead_contributor)
    assert draft.sponsorships.standing().count() == 1


def test_handing_the_lead_on(joint_draft, lead_head, partner_head):
    sponsorship = _of(joint_draft, "SSS")
    with pytest.raises(Refused, match="Only the head or the deputy of the lead"):
        sponsors.change_lead(sponsorship=sponsorship, by=partner_head)
    sponsors.change_lead(sponsorship=sponsorship, by=lead_head)
    joint_draft.refresh_from_db()
    assert joint_draft.lead.code == "SSS"
    assert joint_draft.asks.get().current_terms.sponsors == "SSS; TL"
    with pytest.raises(Refused, match="leads already"):
        sponsors.change_lead(sponsorship=sponsorship, by=partner_head)


def test_the_lead_goes_to_who_accepted(invited, lead_head):
    with pytest.raises(Refused, match="has not accepted yet"):
        sponsors.change_lead(sponsorship=invited, by=lead_head)


def test_contributions_belong_to_their_unit(joint_draft, lead_head, partner_head):
    row = _of(joint_draft, "SSS")
    with pytest.raises(Refused, match="Only people of Student support"):
        sponsors.edit_contribution(sponsorship=row, contribution="X", by=lead_head)
    with pytest.raises(Refused, match="what your unit brings"):
        sponsors.edit_contribution(sponsorship=row, contribution="", by=partner_head)
    sponsors.edit_contribution(sponsorship=row, contribution="Two counselors.", by=partner_head)
    row.refresh_from_db()
    assert row.contribution == "Two counselors."


def test_two_of_a_unit_who_say_what_it_brings_see_both(joint_draft, partner_head, signed_in):
    row = _of(joint_draft, "SSS")
    client, url = signed_in(partner_head), reverse("sponsor_accept", args=[row.pk])
    began = client.get(url).context["form"]["began"].value()
    sponsors.edit_contribution(sponsorship=row, contribution="Theirs.", by=partner_head)
    typed = {"contribution": "Mine.", "began": began, "once": "1"}
    page = client.post(url, typed)
    assert page.context["form"].theirs == (("contribution", "What your unit brings", "Theirs.", "Mine."),)
    again = {"contribution": "Mine.", "began": page.context["form"]["began"].value()}
    assert client.post(url, again | {"choice-contribution": "theirs", "once": "2"}).status_code == 302
    assert _of(joint_draft, "SSS").contribution == "Theirs."
    assert client.post(url, again | {"once": "3"}).status_code == 302
    assert _of(joint_draft, "SSS").contribution == "Mine."


def test_sponsors_stand_once_submitted(submitted, partner_head, units, lead_head):
    with pytest.raises(Refused, match="is submitted"):
        sponsors.leave(sponsorship=_of(submitted, "SSS"), by=partner_head)
    with pytest.raises(Refused, match="is submitted"):
        sponsors.invite_sponsor(proposal=submitted, unit=units["HRT"], by=lead_head)


def test_what_was_typed_while_the_invitation_ended_can_be_copied(
    invited, partner_head, stranger, lead_head, signed_in
):
    url = reverse("sponsor_accept", args=[invited.pk])
    partner = signed_in(partner_head)
    began = partner.get(url).context["form"]["began"].value()
    sponsors.leave(sponsorship=invited, by=lead_head)
    typed = {"contribution": "A counselor in each school.", "began": began, "once": "1"}
    page = partner.post(url, typed)
    assert page.status_code == 200
    assert "was taken back or declined while you were writing. Ask the lead" in page.text
    assert "It is not saved." in page.text and "<dd>A counselor in each school.</dd>" in page.text
    assert invited.proposal.title not in page.text and invited.proposal.code not in page.text
    assert partner.get(url).status_code == 404
    assert signed_in(stranger).post(url, typed | {"once": "2"}).status_code == 404


def test_what_was_typed_while_the_unit_left_can_be_copied(invited, partner_head, signed_in):
    sponsors.accept_invitation(sponsorship=invited, contribution="A counselor.", by=partner_head)
    sponsors.leave(sponsorship=_of(invited.proposal, "SSS"), by=partner_head)
    url = reverse("sponsor_accept", args=[invited.pk])
    page = signed_in(partner_head).post(url, {"contribution": "Two counselors.", "once": "1"})
    assert "left the proposal while you were writing." in page.text and "Two counselors." in page.text
