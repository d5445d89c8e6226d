"""Goals: drafted, measured, published; and what stands in the way of each."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404

from activity.models import Entry
from activity.refused import Refused
from goals import actions, inbox, rules
from goals.models import Goal, Measure, Problem


@pytest.fixture
def problem(season, units) -> Problem:
    return Problem.objects.create(
        season=season, code="PB-9", title="Absence", description="Too many.", evidence="26.8%",
        owner=units["TL"],
    )  # fmt: skip


@pytest.fixture
def draft(problem, people, at_stage) -> Goal:
    """A draft of the lead unit, without measures, in the stage of goals."""
    at_stage("goals")
    return actions.add_goal(season=problem.season, values=goal_values(problem), by=people.lead_head)


def goal_values(problem: Problem) -> dict:
    return {
        "code": "G9", "title": "Less absence", "statement": "From 26.8% to 20.8%.", "problem": problem,
        "owner": problem.owner, "by_date": date(2029, 6, 30),
    }  # fmt: skip


def measure_values(**change) -> dict:
    return {
        "code": "G9a", "name": "Absence", "kind": "outcome", "unit_of_values": "%", "direction": "lower",
        "baseline": Decimal("26.8"), "baseline_period": "2024-25", "target_type": "point",
        "by_date": date(2029, 6, 30), "source": "Student system", "frequency": "yearly",
    } | change  # fmt: skip


def with_measure(goal, by, stated="-6", **change) -> Measure:
    return actions.add_measure(goal=goal, values=measure_values(**change), stated=Decimal(stated), by=by)


@pytest.mark.parametrize(
    ("who", "drafts", "publishes"),
    [
        ("superintendent", True, True),
        ("cabinet_member", True, True),
        ("steward", True, False),
        ("research", True, False),
        ("lead_head", True, False),
        ("lead_contributor", False, False),
        ("administrator", False, False),
    ],
)
def test_who_drafts_and_publishes(people, who, drafts, publishes):
    user = getattr(people, who)
    assert (rules.can_draft_goal(user), rules.can_publish_goal(user)) == (drafts, publishes)


def test_a_draft_is_for_its_owner_and_the_cabinet(draft, people):
    assert rules.goal_for(people.lead_contributor, draft.pk) == draft
    assert rules.goal_for(people.cabinet_member, draft.pk) == draft
    for stranger in (people.stranger, people.partner_head):
        with pytest.raises(Http404):
            rules.goal_for(stranger, draft.pk)
    with pytest.raises(Http404):
        rules.goal_for(people.cabinet_member, 999_999)


def test_heads_draft_for_their_own_unit(problem, people, units):
    values = goal_values(problem) | {"owner": units["TRN"]}
    with pytest.raises(Refused, match="your own unit"):
        actions.add_goal(season=problem.season, values=values, by=people.lead_head)
    actions.add_goal(season=problem.season, values=values, by=people.cabinet_member)


def test_a_goal_is_not_met_by_a_day_that_has_passed(draft, people):
    with pytest.raises(Refused, match="has passed already"):
        actions.change_goal(goal=draft, values={"by_date": date(2020, 1, 1)}, by=people.lead_head)


def test_a_code_is_used_once(draft, problem, people):
    with pytest.raises(Refused, match="already"):
        actions.add_goal(season=problem.season, values=goal_values(problem), by=people.lead_head)


def test_the_target_follows_from_the_change(draft, people):
    measure = with_measure(draft, people.lead_head)
    assert (measure.target, measure.stated_change) == (Decimal("20.8"), Decimal("-6"))
    actions.change_measure(
        measure=measure, values={"target_type": "absolute"}, stated=Decimal("21"), by=people.lead_head,
        milestones=[(date(2027, 6, 30), Decimal("24"))],
    )  # fmt: skip
    measure.refresh_from_db()
    assert (measure.target, measure.stated_change) == (Decimal("21"), None)
    assert measure.milestones.get().value == Decimal("24")
    entry = Entry.objects.about(measure).first()
    assert "target" in entry.details and "milestones" in entry.sentence


@pytest.mark.parametrize(
    ("change", "stated", "words"),
    [
        (None, None, "no outcome measure"),
        ({"kind": "driver"}, "-6", "no outcome measure"),
        ({"source": ""}, "-6", "no source"),
        ({"baseline_period": " "}, "-6", "when its baseline was measured"),
        ({}, "6", "not lower"),
        ({"direction": "higher"}, "-6", "not higher"),
    ],
)
def test_what_keeps_a_goal_from_being_published(draft, people, change, stated, words):
    if change is not None:
        with_measure(draft, people.lead_head, stated, **change)
    with pytest.raises(Refused, match=words):
        actions.publish_goal(goal=draft, by=people.superintendent)
    draft.refresh_from_db()
    assert draft.published_on is None


def test_publish_and_take_back_until_drafting_opens(draft, people, at_stage):
    with_measure(draft, people.lead_head)
    with pytest.raises(Refused, match="Only the superintendent"):
        actions.publish_goal(goal=draft, by=people.lead_head)
    actions.publish_goal(goal=draft, by=people.cabinet_member)
    with pytest.raises(Refused, match="already"):
        actions.publish_goal(goal=draft, by=people.cabinet_member)
    with pytest.raises(Refused, match="Take it back"):
        actions.remove_goal(goal=draft, by=people.cabinet_member)
    actions.unpublish_goal(goal=draft, by=people.cabinet_member)
    with pytest.raises(Refused, match="not published"):
        actions.unpublish_goal(goal=draft, by=people.cabinet_member)
    actions.publish_goal(goal=draft, by=people.cabinet_member)
    at_stage("drafting")
    with pytest.raises(Refused, match="stays published"):
        actions.unpublish_goal(goal=draft, by=people.superintendent)


def test_a_goal_published_late_stands_in_the_log(draft, people, at_stage):
    with_measure(draft, people.lead_head)
    at_stage("drafting")
    actions.publish_goal(goal=draft, by=people.superintendent)
    assert "after drafting had opened" in Entry.objects.integrity().get().sentence


LATE = [
    lambda g, **by: actions.change_goal(goal=g, values={"title": "Other"}, **by),
    lambda g, **by: actions.add_cause(
        goal=g, values={"description": "X", "category": "Physical plant"}, **by
    ),
    lambda g, **by: actions.change_cause(cause=g.causes.first(), values={"status": "ruled_out"}, **by),
    lambda g, **by: actions.remove_cause(cause=g.causes.first(), **by),
    lambda g, **by: actions.add_measure(goal=g, values=measure_values(code="M9"), stated=Decimal(-1), **by),
    lambda g, **by: actions.change_measure(
        measure=g.measures.first(), values={"name": "Other"}, stated=Decimal(50), **by
    ),
    lambda g, **by: actions.remove_measure(measure=g.measures.last(), **by),
]


@pytest.mark.parametrize("change", LATE)
def test_after_drafting_opened_a_published_goal_changes_with_a_reason(goal, people, at_stage, change):
    at_stage("consultation")
    with pytest.raises(Refused, match="give a reason"):
        change(goal, by=people.lead_head)
    with pytest.raises(Refused, match="Only the owning unit"):
        change(goal, by=people.partner_head, reason="Because")
    change(goal, by=people.lead_head, reason="New data")
    assert Entry.objects.integrity().get().sentence.endswith("Reason: New data")


def test_partners_change_with_the_goal(draft, people, units):
    actions.change_goal(goal=draft, values={"partners": [units["SSS"]]}, by=people.lead_head)
    assert list(draft.partners.all()) == [units["SSS"]]
    assert "partners" in Entry.objects.about(draft).first().sentence


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([(date(2027, 6, 30), Decimal(1)), (date(2027, 6, 30), Decimal(2))], "same day"),
        ([(date(2030, 6, 30), Decimal(1))], "after the date of the target"),
    ],
)
def test_milestones_lie_before_the_target_on_their_own_days(draft, people, steps, words):
    with pytest.raises(Refused, match=words):
        actions.add_measure(
            goal=draft, values=measure_values(), stated=Decimal(-6), milestones=steps, by=people.lead_head
        )


def test_a_measure_needs_its_change_and_its_own_code(draft, goal, people):
    with pytest.raises(Refused, match="change is missing"):
        actions.add_measure(goal=draft, values=measure_values(), stated=None, by=people.lead_head)
    with pytest.raises(Refused, match="measure M1 already"):
        with_measure(draft, people.lead_head, code="M1")


def test_a_measure_with_values_stays(goal, people, at_stage):
    at_stage("goals")
    measure = goal.measures.first()
    measure.observations.create(on=date(2025, 10, 1), value=41)
    with pytest.raises(Refused, match="has values already"):
        actions.remove_measure(measure=measure, by=people.lead_head)


def test_remove_a_draft(draft, people):
    with pytest.raises(Refused, match="Only the owning unit"):
        actions.remove_goal(goal=draft, by=people.partner_head)
    actions.remove_goal(goal=draft, by=people.lead_head)
    assert not Goal.objects.filter(pk=draft.pk).exists()


def test_problems_and_notes_get_the_next_code(season, people, units):
    values = {"title": "X", "description": "X", "evidence": "X", "owner": units["TL"]}
    codes = [actions.add_problem(season=season, values=values, by=people.steward).code for _ in range(2)]
    assert codes == ["PB-1", "PB-2"]
    note = {"on": date(2025, 9, 20), "place": "Library", "who_spoke": "Families", "words": "Buses are late."}
    assert actions.add_note(season=season, values=note, by=people.research).code == "L-01"
    for verb, what in ((actions.add_problem, values), (actions.add_note, note)):
        with pytest.raises(Refused):
            verb(season=season, values=what, by=people.lead_contributor)


def test_only_the_owner_changes_a_problem(problem, people):
    actions.change_problem(problem=problem, values={"title": "Y"}, by=people.lead_head)
    with pytest.raises(Refused, match="owning unit"):
        actions.change_problem(problem=problem, values={"title": "Z"}, by=people.partner_head)


def test_the_head_is_awaited_for_a_draft_while_it_matters(draft, people, at_stage):
    row = inbox.awaited([people.lead_head])[0]
    assert row.due_on == date(2025, 10, 24) and "G9" in row.sentence
    assert inbox.awaited([people.partner_head]) == []
    at_stage("slate")
    assert inbox.awaited() == []


def test_the_list_shows_what_one_may_see_in_the_same_queries_for_any_number(
    draft, problem, people, signed_in, django_assert_num_queries
):
    def listed(person, queries: int = 6) -> str:
        client = signed_in(person)
        with django_assert_num_queries(queries):
            return client.get("/goals/").content.decode()

    assert "no measure yet" in listed(people.lead_head) and "Less absence" not in listed(people.stranger)
    with_measure(draft, people.lead_head)
    with_measure(draft, people.lead_head, code="G9b", name="Visits", kind="driver")
    for code in ("G10", "G11"):
        values = goal_values(problem) | {"code": code, "title": f"Goal {code}"}
        actions.add_goal(season=problem.season, values=values, by=people.lead_head)
    page = listed(people.cabinet_member)
    assert page.count("Less absence") == 1 and "Absence<br>" in page and "26.8 → 20.8%" in page
    assert "Visits" not in page and page.count("no measure yet") == 2


def test_the_inbox_takes_the_same_queries_for_any_number(draft, problem, people, django_assert_num_queries):
    with django_assert_num_queries(4):
        inbox.awaited()
    for number in range(5):
        actions.add_goal(
            season=problem.season, values=goal_values(problem) | {"code": f"H{number}"}, by=people.lead_head
        )
    with django_assert_num_queries(4):
        assert len(inbox.awaited()) == 6
