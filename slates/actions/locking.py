"""What is held while a slate is changed: its season, and every slate of it. The first line of every verb."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from goals.models import Season
from people.models import User

from ..models import Slate
from ..rules import slate_for
from ..sheet import Sheet


def locked_season(season: Season) -> Season:
    # No key of the season changes, so rows that point at it may still be added.
    return Season.objects.select_for_update(no_key=True).get(pk=season.pk)


def locked(slate: Slate) -> Slate:
    """The slate as it stands, held until the transaction ends together with its season's other slates.

    One that the whole post holds was read under that lock and is given back as it is.
    """
    return slate if slate.is_held else _one_of(list(_rows(slate.pk)), slate.pk)


@contextmanager
def holding(user: User, pk: int) -> Iterator[Slate]:
    """Hold a slate for a whole post, so that form, rules and verb read it once. 404 as `slate_for` says."""
    with transaction.atomic():
        rows = list(_rows(pk))
        slate = _one_of(rows, slate_for(user, pk, rows).pk)
        slate.is_held = True
        try:
            yield slate
        finally:
            slate.is_held = False


def sheet_of(slate: Slate) -> Sheet:
    """Everything of a slate, read once; of one that is held, as it stands."""
    if slate.sheet is None:
        slate.sheet = Sheet(slate, with_deciders=True)
    return slate.sheet


def _rows(pk: int):
    # By key, so that two who hold the same season never wait for each other crosswise.
    rows = Slate.objects.select_for_update(of=("self", "season"), no_key=True).select_related("season")
    return rows.filter(season__slates=pk).order_by("pk")


def _one_of(rows: list[Slate], pk: int) -> Slate:
    slate = next(row for row in rows if row.pk == pk)
    slate.others = [row for row in rows if row.pk != pk]
    return slate
