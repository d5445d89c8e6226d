"""Measures of goals: from where to where, by when, and the values on the way."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from activity.changes import in_words, put
from activity.refused import Refused, refuse_if
from people.models import User

from .. import rules
from ..arithmetic import target_of
from ..models import Goal, Measure, Milestone
from .goals import open_goal, record_goal

FIELDS = (
    "code", "name", "kind", "is_practical", "unit_of_values", "direction", "baseline", "baseline_period",
    "target_type", "by_date", "source", "frequency", "collected_by", "note",
)  # fmt: skip

Steps = Sequence[tuple[date, Decimal]]


@transaction.atomic
def add_measure(
    *, goal: Goal, values: Mapping[str, Any], stated: Decimal | None, by: User,
    milestones: Steps = (), reason: str = "",
) -> Measure:  # fmt: skip
    """Add a measure; the target follows from the stated change. Raises Refused."""
    goal = open_goal(goal, by, reason)
    measure = Measure(season=goal.season, goal=goal)
    put(measure, values, FIELDS)
    _set_target(measure, stated)
    measure.save(force_insert=True)
    _set_milestones(measure, milestones)
    record_goal(
        "add", measure, f"added measure {measure} to goal {goal.code}", goal=goal, by=by, reason=reason
    )
    return measure


@transaction.atomic
def change_measure(
    *, measure: Measure, values: Mapping[str, Any], stated: Decimal | None, by: User,
    milestones: Steps = (), reason: str = "",
) -> Measure:  # fmt: skip
    """Change a measure and its milestones. Raises Refused."""
    goal = open_goal(_goal_of(measure), by, reason)
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    old_target = measure.target
    changed = put(measure, values, FIELDS)
    _set_target(measure, stated)
    if measure.target != old_target:
        changed["target"] = [str(old_target), str(measure.target)]
    measure.save()
    words = in_words(measure, changed)
    if _set_milestones(measure, milestones):
        words = f"{words} and milestones" if words else "milestones"
    if words:
        sentence = f"changed {words} of measure {measure.code}"
        record_goal("change", measure, sentence, goal=goal, by=by, reason=reason, **changed)
    return measure


@transaction.atomic
def remove_measure(*, measure: Measure, by: User, reason: str = "") -> None:
    """Remove a measure that has no values yet. Raises Refused."""
    goal = open_goal(_goal_of(measure), by, reason)
    if measure.observations.exists():
        raise Refused("This measure has values already, so it stays. Say in its note that it is not used.")
    sentence = f"removed measure {measure} of goal {goal.code}"
    record_goal("remove", measure, sentence, goal=goal, by=by, reason=reason)
    try:
        removed = Measure.objects.filter(pk=measure.pk).delete()[0]
    except ProtectedError:
        raise Refused("An investment is watched by this measure, so it stays.") from None
    refuse_if([] if removed else ["This measure is gone already."])


def _goal_of(measure: Measure) -> Goal:
    """Measures of investments have no goal and are not changed here."""
    if measure.goal is None:
        raise Refused("This measure belongs to an investment. Change it on the investment's page.")
    return measure.goal


def _set_target(measure: Measure, stated: Decimal | None) -> None:
    refuse_if(
        rules.blockers_to_write_measure(
            measure.season, measure.code, measure.target_type, stated, measure if measure.pk else None
        )
    )
    assert stated is not None  # noqa: S101  (the blockers refused it)
    absolute = measure.target_type == Measure.TargetType.ABSOLUTE
    measure.stated_change = None if absolute else stated
    measure.target = target_of(measure.target_type, measure.baseline, stated)


def _set_milestones(measure: Measure, steps: Steps) -> bool:
    """Write the milestones anew; were they different?"""
    if len({on for on, _value in steps}) < len(steps):
        raise Refused("Two milestones stand on the same day. Please choose different days.")
    if any(on > measure.by_date for on, _value in steps):
        raise Refused("A milestone lies after the date of the target. Please check the days.")
    old = list(measure.milestones.values_list("on", "value"))
    if old == sorted(steps):
        return False
    measure.milestones.all().delete()
    Milestone.objects.bulk_create(Milestone(measure=measure, on=on, value=value) for on, value in steps)
    return True
