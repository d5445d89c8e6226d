"""What schools can give in a month, as they or the district say."""

from collections.abc import Collection

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow
from people.models import Unit, User

from ..models import SchoolLimit, Season
from ..rules.schools import can_limit_schools, own_school_ids

WHO = "Only the principal or the deputy says what their school can give, and the process steward for others."


@transaction.atomic
def limit_schools(*, season: Season, schools: Collection[Unit], hours: int | None, by: User) -> int:
    """State how many staff hours a month these schools can give; None takes the number away.

    What a school said of itself stands when somebody else speaks for a group. Returns for how many
    schools it was stated. Raises Refused.
    """
    season = Season.objects.select_for_update().get(pk=season.pk)
    allow(can_limit_schools(by, schools), WHO)
    own = own_school_ids(by)
    kept = season.school_limits.filter(is_own=True).exclude(school__in=own)
    said = set(kept.values_list("school_id", flat=True))
    if not (free := [school for school in schools if school.pk not in said]):
        raise Refused("Choose at least one school that has not stated its own number.")
    if hours is None:
        season.school_limits.filter(school__in=free).delete()
    else:
        _state(season, free, hours, own, by)
    what = "no limit" if hours is None else f"a limit of {hours} hours a month"
    whom = free[0].name if len(free) == 1 else f"{len(free)} schools"
    record("limit schools", season, f"stated {what} for {whom}", by=by, schools=[s.code for s in free])
    return len(free)


def _state(season: Season, schools: list[Unit], hours: int, own: set[int], by: User) -> None:
    values = {"hours": hours, "stated_at": clock.now(), "stated_by": by}
    SchoolLimit.objects.bulk_create(
        (SchoolLimit(season=season, school=s, is_own=s.pk in own, **values) for s in schools),
        update_conflicts=True,
        unique_fields=["season", "school"],
        update_fields=["is_own", *values],
    )
