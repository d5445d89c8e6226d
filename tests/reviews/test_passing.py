"""Passing on: each act and each refusal; rights are read under the lock."""

import pytest

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from proposals.actions import asks
from proposals.actions.sponsors import change_lead
from proposals.models import Proposal, ProposalVersion, Sponsorship
from proposals.models.content import content_of
from proposals.rules import newest_circulated
from reviews import rules
from reviews.actions import passing, ratings
from reviews.models import Feedback
from slates.actions.decisions import Choice, decide
from slates.actions.scenario import create_slate
from slates.models import Decision
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


def frozen(proposal):
    return [(version.number, version.kind) for version in proposal.versions.order_by("number")]


def test_what_will_be_decided_on_is_frozen_as_it_is_cleared(asked_anew, steward, cfo, people, at_stage):
    signed_by(asked_anew, people)
    passing.clear(proposal=asked_anew, by=steward)
    assert frozen(asked_anew)[2:] == [(3, "sign_on"), (4, "decision")]
    version = newest_circulated(asked_anew)
    assert version.content == content_of(Proposal.objects.get(pk=asked_anew.pk))
    assert version.content["asks"][0]["amount_cents"] == 90_000_000
    assert rules.gate_of(asked_anew).number == 2, "it was rated as it was submitted"
    slate = create_slate(season=asked_anew.season, name="Base", by=cfo)
    decide(slate=slate, choices=[Choice(asked_anew.pk, "deferred", "Later.")], by=cfo)
    assert Decision.objects.get().version == version


def test_cleared_again_it_keeps_its_copy_unless_it_changed(vetting, steward, cfo, lead_head, at_stage):
    passing.clear(proposal=vetting, by=steward)
    copy = frozen(vetting)[-1]
    passing.send_back(proposal=vetting, reason="Look again.", by=cfo)
    passing.clear(proposal=vetting, by=steward)
    assert frozen(vetting)[-1] == copy == (3, "decision")
    passing.send_back(proposal=vetting, reason="Look again.", by=cfo)
    passing.return_for_revision(proposal=vetting, note="Buses.", by=steward)
    at_stage("revision")
    passing.resubmit(proposal=vetting, by=lead_head)
    passing.clear(proposal=vetting, by=steward)
    assert frozen(vetting)[3:] == [(4, "resubmission"), (5, "decision")]


def test_a_refused_clear_freezes_nothing(asked_anew, steward):
    with pytest.raises(Refused):
        passing.clear(proposal=asked_anew, by=steward)
    assert frozen(asked_anew)[-1] == (2, "submission")


def test_several_at_once(vetting, season, steward, cfo, django_assert_max_num_queries):
    with pytest.raises(Refused, match="at least one"):
        passing.clear_all(season=season, proposals=[], by=steward)
    with pytest.raises(Refused, match="steward"):
        passing.clear_all(season=season, proposals=[vetting], by=cfo)
    with pytest.raises(Refused, match="work on"):
        passing.return_all(season=season, proposals=[vetting], note="", by=steward)
    with django_assert_max_num_queries(11):  # the substance is read, and its copy frozen
        assert passing.clear_all(season=season, proposals=[vetting], by=steward) == 1
    assert Entry.objects.first().sentence == "cleared P-01 for the slate"
    with pytest.raises(Refused, match="None of these"):
        passing.return_all(season=season, proposals=[vetting], note="Buses.", by=steward)


def test_several_are_frozen_in_as_few_queries(
    vetting, season, steward, asked_head, django_assert_max_num_queries
):
    content = content_of(Proposal.objects.get(pk=vetting.pk))
    Proposal.objects.bulk_create(
        Proposal(
            season=season, code=f"P-{n}", title=f"Title {n}", status="submitted", created_at=clock.now(),
            created_by=asked_head, submitted_at=clock.now(), submitted_by=asked_head,
        )
        for n in range(50, 54)
    )  # fmt: skip
    every = list(Proposal.objects.all())
    assert steward.posts_now, "read once"
    with django_assert_max_num_queries(11):
        assert passing.clear_all(season=season, proposals=every, by=steward) == 5
    versions = ProposalVersion.objects.filter(kind="decision").order_by("proposal__code")
    assert [(v.proposal.code, v.number, v.content["title"]) for v in versions] == [
        ("P-01", 3, "Reading coaches"), *((f"P-{n}", 1, f"Title {n}") for n in range(50, 54)),
    ]  # fmt: skip
    assert versions[0].content == content


def test_returning_several(vetting, season, steward):
    assert passing.return_all(season=season, proposals=[vetting], note="Buses.", by=steward) == 1
    assert status(vetting) == "in_revision"
