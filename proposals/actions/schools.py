"""What the proposal asks of schools, by month."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction

from activity.actions import record
from activity.refused import Refused
from people.models import Unit, User

from ..models import Proposal, SchoolDemand
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch


@transaction.atomic
def set_demands(
    *,
    proposal: Proposal,
    schools: Collection[Unit],
    months: Collection[date],
    activity: str,
    hours: int,
    by: User,
    days: Decimal = Decimal(0),
    note: str = "",
) -> int:
    """Set what one activity asks of these schools in these months; zero takes it away.

    A note that stands stays where none is given. Returns how many school months were set. Raises Refused.
    """
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    if not schools or not months:
        raise Refused("Choose at least one school and one month.")
    firsts = sorted({month.replace(day=1) for month in months})
    if hours or days:
        _put(proposal, schools, firsts, activity, {"hours": hours, "days": days, "note": note})
    else:
        proposal.demands.filter(school__in=schools, month__in=firsts, activity=activity).delete()
    touch(proposal, by)
    name = SchoolDemand.Activity(activity).label.lower()
    what = f"{hours} hours of {name}" if hours or days else f"no {name}"
    record(
        "set demands",
        proposal,
        f"set {what} a month for {len(schools)} schools in {len(firsts)} months",
        by=by,
    )
    return len(schools) * len(firsts)


def _put(
    proposal: Proposal, schools: Collection[Unit], months: list[date], activity: str, values: dict
) -> None:
    SchoolDemand.objects.bulk_create(
        (
            SchoolDemand(proposal=proposal, school=school, month=month, activity=activity, **values)
            for school in schools
            for month in months
        ),
        update_conflicts=True,
        unique_fields=["proposal", "school", "month", "activity"],
        update_fields=[name for name, value in values.items() if name != "note" or value],
    )
