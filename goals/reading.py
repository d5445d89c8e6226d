"""What the list of goals shows, as plain values."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from activity.composed import composed_once
from people.models import User

from .models import Goal, Measure, Problem, Season


class Aim(NamedTuple):
    """An outcome measure: from how much to how much."""

    name: str
    baseline: Decimal
    target: Decimal
    unit_of_values: str


class GoalRow(NamedTuple):
    pk: int
    code: str
    title: str
    published_on: date | None
    by_date: date
    problem: str
    owner: str
    aims: list[Aim]
    has_measures: bool


def goals_for(user: User, season: Season | None) -> list[GoalRow]:
    """The season's goals that this person may see, with their outcome measures; one query."""
    found: dict[int, GoalRow] = {}
    for *goal, kind, name, baseline, target, unit in _listed().visible_to(user).filter(season=season):
        row = found.setdefault(goal[0], GoalRow(*goal, [], kind is not None))
        if kind == Measure.Kind.OUTCOME:
            row.aims.append(Aim(name, baseline, target, unit))
    return list(found.values())


def problems_of(season: Season | None) -> QuerySet:
    """(key, code, title, owner) of the season's problems; one query."""
    return _problems().filter(season=season)


# What is asked of the database is put together once; who asks, and for which season, is told each time.


@composed_once
def _listed() -> QuerySet:
    columns = ("pk", "code", "title", "published_on", "by_date", "problem__title", "owner__name")
    measures = (f"measures__{name}" for name in ("kind", *Aim._fields))
    return Goal.objects.order_by("code", "measures__code").values_list(*columns, *measures)


@composed_once
def _problems() -> QuerySet:
    return Problem.objects.values_list("pk", "code", "title", "owner__name")
