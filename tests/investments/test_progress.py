"""Duties, reports, values, reviews: who may, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from goals.models import Measure, Observation
from investments import rules
from investments.actions import progress
from investments.inbox import awaited
from investments.models import Commitment, InvestmentMeasure, Update

pytestmark = pytest.mark.django_db

SAID = {
    "state": "on_track",
    "line": "Coaches are hired.",
    "evidence": "",
    "next_step": "",
    "is_small_win": False,
}


@pytest.fixture
def duty(investment) -> Commitment:
    return Commitment.objects.get()


@pytest.fixture
def measure(investment) -> Measure:
    measure = Measure.objects.get(code="M2")
    InvestmentMeasure.objects.create(investment=investment, measure=measure)
    return measure


def test_people_of_the_unit_say_where_a_duty_stands(duty, asked_deputy):
    progress.update_commitment(commitment=duty, status="in_progress", note="Drivers asked.", by=asked_deputy)
    duty.refresh_from_db()
    assert (duty.status, duty.note, duty.status_on) == ("in_progress", "Drivers asked.", clock.today())
    assert Entry.objects.about(duty.investment).first().verb == "update commitment"


@pytest.mark.parametrize(
    ("who", "status", "allowed"),
    [
        ("asked_head", "kept", True),
        ("asked_head", "released", False),
        ("lead_head", "released", True),
        ("lead_head", "kept", False),
        ("cabinet_member", "released", True),
        ("stranger", "kept", False),
    ],
)
def test_who_gives_which_status(duty, people, who, status, allowed):
    act = {"commitment": duty, "status": status, "note": "Because.", "by": getattr(people, who)}
    if allowed:
        assert progress.update_commitment(**act).status == status
    else:
        with pytest.raises(Refused, match="Only people of Transportation"):
            progress.update_commitment(**act)


def test_late_needs_a_word(duty, asked_head):
    with pytest.raises(Refused, match="Say why in the note"):
        progress.update_commitment(commitment=duty, status="late", note="", by=asked_head)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("lead_head", True),
        ("lead_contributor", True),
        ("research", True),
        ("asked_head", False),
        ("cfo", False),
    ],
)
def test_who_reports(investment, people, who, allowed):
    investment.research_partner = people.research
    investment.save()
    assert rules.can_report(getattr(people, who), investment) is allowed


def test_a_report_sets_the_state_and_may_be_corrected_the_same_day(investment, lead_head, lead_deputy):
    progress.write_update(investment=investment, by=lead_head, **SAID)
    progress.write_update(investment=investment, by=lead_head, **{**SAID, "state": "at_risk"})
    investment.refresh_from_db()
    assert (investment.state, Update.objects.count()) == ("at_risk", 1)
    with pytest.raises(Refused, match="reported today already"):
        progress.write_update(investment=investment, by=lead_deputy, **SAID)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("within_dip", "No dip was announced"), ("stopped", "Only a review of the cabinet")],
)
def test_states_that_a_report_cannot_give(investment, lead_head, state, sentence):
    with pytest.raises(Refused, match=sentence):
        progress.write_update(investment=investment, by=lead_head, **{**SAID, "state": state})


def test_strangers_do_not_report(investment, stranger):
    with pytest.raises(Refused, match="Only the owner's people"):
        progress.write_update(investment=investment, by=stranger, **SAID)


def observe(investment, measure, by, **change):
    value = {"on": clock.today(), "value": Decimal("12.5"), "group": "All", "note": ""}
    return progress.record_observation(investment=investment, measure=measure, by=by, **{**value, **change})


def test_a_value_is_entered_once(investment, measure, lead_head):
    observe(investment, measure, lead_head)
    assert Observation.objects.get().entered_by == lead_head
    with pytest.raises(Refused, match=r"already: 12\.5"):
        observe(investment, measure, lead_head, value=Decimal(13))
    observe(investment, measure, lead_head, group="Grade 6")


def test_values_that_are_refused(investment, measure, lead_head, stranger):
    with pytest.raises(Refused, match="lies ahead"):
        observe(investment, measure, lead_head, on=date(2030, 1, 1))
    with pytest.raises(Refused, match="does not belong"):
        observe(investment, Measure.objects.get(code="M1"), lead_head)
    with pytest.raises(Refused, match="enter values"):
        observe(investment, measure, stranger)


def choose(investment, by, **change):
    said = {"choice": "continue", "reason": "It works.", "next_review_on": date(2027, 10, 1), "ends_on": None}
    return progress.review(investment=investment, by=by, **{**said, **change})


def test_the_default_is_the_planned_end(investment, cabinet_member):
    ends = investment.ends_on
    choose(investment, cabinet_member)
    investment.refresh_from_db()
    assert (investment.review_choice, investment.ends_on) == ("continue", ends)
    assert "It works." in investment.story
    choose(investment, cabinet_member, ends_on=date(2031, 6, 30))
    investment.refresh_from_db()
    assert investment.ends_on == date(2031, 6, 30)


def test_stop_ends_it(investment, cabinet_member, lead_head):
    choose(investment, cabinet_member, choice="stop", next_review_on=None)
    investment.refresh_from_db()
    assert (investment.state, investment.next_review_on) == ("stopped", None)
    with pytest.raises(Refused, match="stopped"):
        progress.write_update(investment=investment, by=lead_head, **SAID)
    with pytest.raises(Refused, match="stopped already"):
        choose(investment, cabinet_member)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "Give the reason"),
        ({"next_review_on": None}, "Say when it is reviewed next"),
        ({"next_review_on": date(2020, 1, 1)}, "must lie ahead"),
        ({"ends_on": date(2020, 1, 1)}, "before the start"),
    ],
)
def test_reviews_that_are_refused(investment, cabinet_member, change, sentence):
    with pytest.raises(Refused, match=sentence):
        choose(investment, cabinet_member, **change)


def test_only_the_cabinet_reviews(investment, lead_head):
    with pytest.raises(Refused, match="Only the cabinet"):
        choose(investment, lead_head)


def test_who_is_awaited(investment, duty, travel, asked_head, lead_head, superintendent):
    assert list(awaited()) == []
    travel(date(2026, 7, 10))
    assert [(row.person_name, row.due_on) for row in awaited()] == [(asked_head.name, date(2026, 8, 1))]
    travel(date(2026, 9, 1))
    assert ("report" in row.key for row in awaited([lead_head]))
    assert [row.key.split(":")[0] for row in awaited([lead_head])] == ["report"]
    travel(date(2027, 6, 20))
    assert {row.key.split(":")[0] for row in awaited([superintendent])} == {"review"}
    duty.status = "kept"
    duty.save()
    assert not [row for row in awaited() if row.key.startswith("duty")]


def test_the_inbox_asks_three_questions(investment, django_assert_num_queries):
    with django_assert_num_queries(3):
        list(awaited())
