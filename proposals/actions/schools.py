"""What the proposal asks of schools, by month."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from activity.actions import record
from activity.refused import Refused
from people.models import Unit, User

from ..models import Proposal, SchoolDemand
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch


class Asked(TypedDict):
    """Of each school in each month."""

    hours: int
    days: NotRequired[Decimal]
    note: NotRequired[str]


@transaction.atomic
def set_demands(
    *,
    proposal: Proposal,
    schools: Collection[Unit],
    months: Collection[date],
    activity: str,
    by: User,
    began: Mapping[str, str] | None = None,
    **asked: Unpack[Asked],
) -> int:
    """Set what one activity asks of these schools in these months; zero takes it away.

    A note that stands stays where none is given. `began` holds `marks_of` the hours that the page showed:
    what others set since is not replaced unseen. Returns how many school months were set. Raises Refused.
    """
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    if not schools or not months:
        raise Refused("Choose at least one school and one month.")
    firsts = sorted({month.replace(day=1) for month in months})
    hours, days = asked["hours"], asked.get("days", Decimal(0))
    if began is not None:
        _refuse_if_unseen(proposal, schools, firsts, activity, _mark(hours, days), began)
    if hours or days:
        _put(
            proposal, schools, firsts, activity, {"hours": hours, "days": days, "note": asked.get("note", "")}
        )
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


def marks_of(demands: Iterable) -> dict[str, str]:
    """What stands, by school, month and activity, for a page to carry: rows of a content."""
    return {
        f"{school}:{month}:{activity}": _mark(hours, Decimal(days))
        for school, month, activity, days, hours in demands
    }


def _mark(hours: int, days: Decimal) -> str:
    return f"{hours}/{days:.2f}" if hours or days else ""


def _refuse_if_unseen(
    proposal: Proposal,
    schools: Collection[Unit],
    months: list[date],
    activity: str,
    mine: str,
    began: Mapping[str, str],
) -> None:
    rows = proposal.demands.filter(school__in=schools, month__in=months, activity=activity)
    stands = marks_of(rows.values_list("school__code", "month", "activity", "days", "hours"))
    keys = [f"{school.code}:{month}:{activity}" for school in schools for month in months]
    if any(stands.get(key, "") not in (mine, began.get(key, "")) for key in keys):
        name = SchoolDemand.Activity(activity).label.lower()
        raise Refused(
            f"Somebody else set hours of {name} for these schools and months a moment ago. "
            "They stand in the table now. Set yours again if they should replace them."
        )


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
