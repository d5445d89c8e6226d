"""The one order of locks: season first, then slate. The first line of every verb of this floor."""

from goals.models import Season

from ..models import Slate


def locked(slate: Slate) -> Slate:
    """The slate's row, held until the transaction ends: enough to change what is on it."""
    return Slate.objects.select_for_update(of=("self",)).select_related("season").get(pk=slate.pk)


def locked_season(season: Season) -> Season:
    # No key of the season changes, so rows that point at it may still be added.
    return Season.objects.select_for_update(no_key=True).get(pk=season.pk)


def locked_with_season(slate: Slate) -> Slate:
    """For acts that bind or free the whole season."""
    locked_season(slate.season)
    return locked(slate)
