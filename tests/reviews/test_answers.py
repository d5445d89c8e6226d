"""Answering asks, settling conditions, lending the right: one success and each refusal."""

from datetime import timedelta

import pytest

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from people.models import Delegation, Post
from proposals.actions.asks import edit_ask, send_ask
from proposals.actions.sponsors import invite_sponsor
from reviews.actions.answers import accept_condition, answer_ask, refuse_condition
from reviews.actions.delegations import delegate_answering, end_delegation
from reviews.models import Condition, Endorsement
from reviews.scores import score_of


@pytest.fixture
def ask(submitted):
    return submitted.asks.get()


def answer(ask, by, kind="endorsed", reason="We can.", condition="", terms=None, latest=0):
    return answer_ask(
        ask=ask, terms_id=terms or ask.current_terms.pk, latest_number=latest, answer=kind,
        reason=reason, condition=condition, by=by,
    )  # fmt: skip


def test_an_answer(ask, asked_head):
    endorsement = answer(ask, asked_head)
    assert (endorsement.number, endorsement.answer, endorsement.answered_by) == (1, "endorsed", asked_head)
    entry = Entry.objects.about(ask).first()
    assert (entry.verb, entry.is_integrity) == ("answer", False)
    assert entry.sentence == "answered ask A-01 of P-01 for Transportation: endorsed"


def test_a_later_answer_replaces_the_earlier(ask, asked_head, asked_deputy):
    answer(ask, asked_head)
    assert answer(ask, asked_deputy, "declined", "No driver.", latest=1).number == 2
    assert dict(score_of(ask.proposal).asks) == {"declined": 1}


def test_a_late_answer_stands_in_the_integrity_log(ask, asked_head, at_stage):
    at_stage("vetting")
    answer(ask, asked_head)
    assert "after the due date" in Entry.objects.integrity().get().sentence


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "maybe"}, "Choose an answer"),
        ({"kind": ""}, "Choose an answer"),
        ({"reason": "  "}, "Give a reason"),
        ({"kind": "conditional"}, "Say what must hold"),
        ({"condition": "In May."}, "A condition belongs to"),
    ],
)
def test_what_an_answer_needs(ask, asked_head, given, says):
    with pytest.raises(Refused, match=says):
        answer(ask, asked_head, **given)
    assert not Endorsement.objects.exists()


def test_who_may_not_answer(ask, stranger):
    with pytest.raises(Refused, match="head or the deputy of Transportation"):
        answer(ask, stranger)


def test_a_closed_ask_takes_no_answer(ask, asked_head):
    type(ask.proposal).objects.filter(pk=ask.proposal_id).update(status="funded")
    with pytest.raises(Refused, match="asks are closed"):
        answer(ask, asked_head)


def test_new_terms_make_the_form_stale_and_the_ask_open_again(joint_draft, asked_head, lead_head):
    ask = joint_draft.asks.get()
    answer(ask, asked_head)
    read = ask.current_terms.pk
    edit_ask(ask=ask, values={**ask.values(), "effort_hours": 80}, by=lead_head)
    ask.refresh_from_db()
    send_ask(ask=ask, by=lead_head)
    assert score_of(joint_draft).asks["open"] == 1
    with pytest.raises(Refused, match="sent new terms while you were writing"):
        answer(ask, asked_head, terms=read, latest=1)
    assert Endorsement.objects.count() == 1


def test_nobody_answers_over_the_head_of_a_colleague(ask, asked_head, asked_deputy):
    answer(ask, asked_head)
    with pytest.raises(Refused, match="Arno Asked answered a moment ago: endorsed"):
        answer(ask, asked_deputy, "declined")


@pytest.fixture
def condition(ask, asked_head) -> Condition:
    return answer(ask, asked_head, "conditional", condition="Only in May.").condition


def test_accepting_a_condition(condition, partner_head):
    condition = accept_condition(condition=condition, by=partner_head)
    assert condition.accepted_by == partner_head
    assert "accepted the condition" in Entry.objects.first().sentence
    for verb in (accept_condition, lambda **k: refuse_condition(reason="No.", **k)):
        with pytest.raises(Refused, match="accepted already"):
            verb(condition=condition, by=partner_head)


def test_refusing_a_condition_makes_it_no_endorsement(condition, lead_head):
    with pytest.raises(Refused, match="Say why"):
        refuse_condition(condition=condition, reason=" ", by=lead_head)
    refuse_condition(condition=condition, reason="School is out in June.", by=lead_head)
    score = score_of(condition.endorsement.terms.ask.proposal)
    assert (score.supported, score.answered, score.asks["open"]) == (0, 1, 0)
    with pytest.raises(Refused, match="refused already"):
        accept_condition(condition=condition, by=lead_head)


def test_the_asked_unit_does_not_settle_its_own_condition(condition, asked_head):
    with pytest.raises(Refused, match="sponsor settles"):
        accept_condition(condition=condition, by=asked_head)


def test_the_condition_of_an_earlier_answer_is_over(condition, ask, asked_head, lead_head):
    answer(ask, asked_head, latest=1)
    with pytest.raises(Refused, match="earlier answer"):
        accept_condition(condition=condition, by=lead_head)


def lend(units, stranger, by, first=0, last=3):
    today = clock.today()
    return delegate_answering(
        unit=units["TRN"], person=stranger, by=by, from_date=today + timedelta(first),
        until_date=today + timedelta(last),
    )  # fmt: skip


def test_lending_lets_somebody_answer(ask, units, stranger, asked_head):
    delegation = lend(units, stranger, asked_head)
    assert answer(ask, stranger).answered_by == stranger
    end_delegation(delegation=delegation, by=asked_head)
    stranger.forget_posts()
    with pytest.raises(Refused):
        answer(ask, stranger, latest=1)
    with pytest.raises(Refused, match="taken back already"):
        end_delegation(delegation=delegation, by=asked_head)
    assert [e.verb for e in Entry.objects.filter(subject_kind="people.Delegation")] == [
        "end delegation", "delegate",
    ]  # fmt: skip


def test_nobody_is_lent_the_answer_to_their_own_ask(ask, units, lead_contributor, asked_head):
    with pytest.raises(Refused, match="Cole Lead works for a sponsor of P-01, which asks Transportation"):
        lend(units, lead_contributor, asked_head)


def test_one_head_of_both_sides_lends_no_answer_to_their_own(joint_draft, units, lead_head, lead_contributor):
    Post.objects.create(person=lead_head, unit=units["TRN"], role="head")
    lead_head.forget_posts()
    with pytest.raises(Refused, match="nobody answers their own ask"):
        lend(units, lead_contributor, lead_head)
    asked = joint_draft.asks.get()
    Delegation.objects.create(
        unit=units["TRN"], person=lead_contributor, act="answer_asks", from_date=clock.today(),
        until_date=clock.today(), delegated_by=lead_head, delegated_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused, match="You work for a sponsor of P-01"):
        answer(asked, lead_contributor)


def test_days_on_which_it_was_used_stay(units, season, stranger, asked_head, at_stage):
    at_stage("drafting")
    delegation = lend(units, stranger, asked_head, 0, 40)
    at_stage("consultation")
    end_delegation(delegation=delegation, by=asked_head)
    assert Delegation.objects.get().until_date == clock.today() - timedelta(days=1)
    with pytest.raises(Refused, match="days are over"):
        end_delegation(delegation=delegation, by=asked_head)


def test_what_lending_needs(units, season, stranger, asked_head, asked_deputy, hr_head):
    for days, says in (((3, 1), "before the first"), ((-5, -1), "days are over")):
        with pytest.raises(Refused, match=says):
            lend(units, stranger, asked_head, *days)
    with pytest.raises(Refused, match="speaks for Transportation already"):
        lend(units, asked_deputy, asked_head)
    with pytest.raises(Refused, match="head or the deputy"):
        lend(units, stranger, hr_head)
    lend(units, stranger, asked_head)
    with pytest.raises(Refused, match="holds the right on some of these days"):
        lend(units, stranger, asked_head, 2, 9)


def test_who_is_only_invited_does_not_settle(joint_draft, units, asked_head, lead_head, hr_head):
    asked = joint_draft.asks.get()
    condition = answer(asked, asked_head, "conditional", condition="Only in May.").condition
    invite_sponsor(proposal=joint_draft, unit=units["HRT"], by=lead_head)
    with pytest.raises(Refused, match="sponsor settles"):
        accept_condition(condition=condition, by=hr_head)
    with pytest.raises(Refused, match="sponsor settles"):
        refuse_condition(condition=condition, reason="No.", by=hr_head)
