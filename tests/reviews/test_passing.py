"""Passing on: each act and each refusal; rights are read under the lock."""

import pytest

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from proposals.actions import asks
from proposals.actions.sponsors import change_lead
from proposals.models import Proposal, Sponsorship
from reviews.actions import passing, ratings
from reviews.models import Feedback
from tests.cast_proposals import signed_by

from .remarks import remark, reply


def test_what_was_read_before_the_lock_gives_no_right_to_resubmit(in_revision, people):
    read = Proposal.objects.prefetch_related("sponsorships__unit").get()
    assert read.lead.code == "TL"
    partner = Proposal.objects.get().sponsorships.get(unit__code="SSS")
    change_lead(sponsorship=partner, by=people.lead_head)
    with pytest.raises(Refused, match="head or the deputy of the lead"):
        passing.resubmit(proposal=read, by=people.lead_head)


def test_nobody_rates_a_proposal_that_their_unit_joined_meanwhile(review, people):
    """The sponsors that the page read a moment ago are not those that count."""
    read = Proposal.objects.prefetch_related("sponsorships__unit").get(pk=review.pk)
    assert read.standing_sponsorships
    Sponsorship.objects.create(
        proposal=review, unit=people.asked_head.posts_now[0].unit,
        invited_at=clock.now(), invited_by=people.lead_head,
        accepted_at=clock.now(), accepted_by=people.asked_head,
    )  # fmt: skip
    with pytest.raises(Refused, match="Nobody rates their own"):
        ratings.rate(proposal=read, ratings={}, by=people.asked_head)


def status(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


def test_return_answer_and_resubmit(vetting, steward, cfo, lead_head, at_stage):
    given = remark(vetting, cfo)
    with pytest.raises(Refused, match="what the sponsors should work on"):
        passing.return_for_revision(proposal=vetting, note=" ", by=steward)
    with pytest.raises(Refused, match="steward"):
        passing.return_for_revision(proposal=vetting, note="Buses.", by=cfo)
    passing.return_for_revision(proposal=vetting, note="Buses.", by=steward)
    assert status(vetting) == "in_revision"
    assert Entry.objects.first().sentence == "returned P-01 for revision: Buses."
    at_stage("revision")
    with pytest.raises(Refused, match="F-01 still wait"):
        passing.resubmit(proposal=vetting, by=lead_head)
    reply(given, lead_head)
    with pytest.raises(Refused, match="head or the deputy of the lead"):
        passing.resubmit(proposal=vetting, by=cfo)
    passing.resubmit(proposal=vetting, by=lead_head)
    assert status(vetting) == "submitted"
    assert vetting.versions.last().kind == "resubmission"
    with pytest.raises(Refused, match="reload"):
        passing.resubmit(proposal=vetting, by=lead_head)


def test_praise_needs_no_answer(vetting, steward, cfo, lead_head, at_stage):
    remark(vetting, cfo, "strength", "Good.")
    passing.return_for_revision(proposal=vetting, note="Buses.", by=steward)
    at_stage("revision")
    passing.resubmit(proposal=vetting, by=lead_head)
    assert Feedback.objects.get().answered_at is None


def test_unsigned_substance_is_not_resubmitted(vetting, steward, lead_head, at_stage):
    passing.return_for_revision(proposal=vetting, note="Cheaper.", by=steward)
    at_stage("revision")
    vetting.cost_lines.update(year1_cents=1)
    with pytest.raises(Refused, match="sign"):
        passing.resubmit(proposal=vetting, by=lead_head)


def test_clear_and_send_back(vetting, steward, cfo, hr_head):
    with pytest.raises(Refused, match="steward"):
        passing.clear(proposal=vetting, by=cfo)
    passing.clear(proposal=vetting, by=steward)
    assert status(vetting) == "vetted"
    with pytest.raises(Refused, match="vetted now"):
        passing.clear(proposal=vetting, by=steward)
    with pytest.raises(Refused, match="CFO"):
        passing.send_back(proposal=vetting, reason="Costs.", by=hr_head)
    with pytest.raises(Refused, match="reason"):
        passing.send_back(proposal=vetting, reason="", by=cfo)
    passing.send_back(proposal=vetting, reason="Costs.", by=cfo)
    assert status(vetting) == "submitted"
    with pytest.raises(Refused, match="submitted now"):
        passing.send_back(proposal=vetting, reason="Costs.", by=cfo)


@pytest.fixture
def asked_anew(vetting, lead_head):
    """An ask is sent again while others read it."""
    ask = asks.edit_ask(ask=vetting.asks.get(), values={"amount_cents": 90_000_000}, by=lead_head)
    asks.send_ask(ask=ask, by=lead_head)
    return vetting


def test_what_was_asked_since_is_signed_before_it_is_cleared(asked_anew, season, steward, people):
    waits = "P-01 waits for Teaching and learning and Student support: sign on to it as it stands"
    for act in (
        lambda: passing.clear(proposal=asked_anew, by=steward),
        lambda: passing.clear_all(season=season, proposals=[asked_anew], by=steward),
    ):
        with pytest.raises(Refused, match=waits):
            act()
    assert status(asked_anew) == "submitted"
    signed_by(asked_anew, people)
    passing.clear(proposal=asked_anew, by=steward)
    assert status(asked_anew) == "vetted"


def test_what_was_asked_since_does_not_keep_it_from_being_returned(asked_anew, steward):
    passing.return_for_revision(proposal=asked_anew, note="Buses.", by=steward)
    assert status(asked_anew) == "in_revision"


def test_several_at_once(vetting, season, steward, cfo, django_assert_max_num_queries):
    with pytest.raises(Refused, match="at least one"):
        passing.clear_all(season=season, proposals=[], by=steward)
    with pytest.raises(Refused, match="steward"):
        passing.clear_all(season=season, proposals=[vetting], by=cfo)
    with pytest.raises(Refused, match="work on"):
        passing.return_all(season=season, proposals=[vetting], note="", by=steward)
    with django_assert_max_num_queries(10):
        assert passing.clear_all(season=season, proposals=[vetting], by=steward) == 1
    assert Entry.objects.first().sentence == "cleared P-01 for the slate"
    with pytest.raises(Refused, match="None of these"):
        passing.return_all(season=season, proposals=[vetting], note="Buses.", by=steward)


def test_returning_several(vetting, season, steward):
    assert passing.return_all(season=season, proposals=[vetting], note="Buses.", by=steward) == 1
    assert status(vetting) == "in_revision"
