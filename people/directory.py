"""Who speaks for which unit, as the directory lists it. Reads only."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

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
    return units.values_list("pk", "name", "code", "cabinet_member__name", named=True)


def speakers_of(unit_ids: Iterable[int]) -> dict[tuple[int, str], list[Speaker]]:
    """Heads and deputies today, by unit and role; one query."""
    found: dict[tuple[int, str], list[Speaker]] = {}
    posts = Post.objects.current().filter(role__in=SPEAKERS, unit__in=list(unit_ids)).order_by("pk")
    columns = ("unit_id", "role", "person__name", "person__email", "until_date")
    for unit_id, role, *speaker in posts.values_list(*columns):
        found.setdefault((unit_id, role), []).append(Speaker(*speaker))
    return found
