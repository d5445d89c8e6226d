"""Who speaks for which unit, as the directory lists it. Reads only."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from activity.composed import composed_once

from .models import Post, Unit

SPEAKERS = (Post.Role.HEAD, Post.Role.DEPUTY)


class Speaker(NamedTuple):
    name: str
    email: str
    until_date: date | None


def units_by_name(wanted: str):
    """Plain rows of units, all or those that fit the words."""
    units = Unit.objects.order_by("name")
    if wanted:
        units = units.filter(name__icontains=wanted) | units.filter(code__iexact=wanted)
    return units.values_list("pk", "name", "code", "cabinet_member__name")


def speakers_of(unit_ids: Iterable[int]) -> dict[tuple[int, str], list[Speaker]]:
    """Heads and deputies today, by unit and role; one query."""
    found: dict[tuple[int, str], list[Speaker]] = {}
    for unit_id, role, *speaker in _speaking().current().filter(unit__pk__in=list(unit_ids)):
        found.setdefault((unit_id, role), []).append(Speaker(*speaker))
    return found


def guards() -> list[tuple[str, str, str]]:
    """Role, person and unit of those who guard, review and decide today; one query."""
    return [(Post.Role(role).label, person, unit) for role, person, unit in _guarding().current()]


# What is asked of the database is put together once; the day is told each time.


@composed_once
def _speaking() -> QuerySet:
    columns = ("unit_id", "role", "person__name", "person__email", "until_date")
    return Post.objects.filter(role__in=SPEAKERS).order_by("pk").values_list(*columns)


@composed_once
def _guarding() -> QuerySet:
    others = Post.objects.exclude(role__in=[*SPEAKERS, Post.Role.CONTRIBUTOR, Post.Role.PRINCIPAL])
    return others.order_by("role", "person__name").values_list("role", "person__name", "unit__name")
