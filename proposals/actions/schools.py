"""What the proposal asks of schools, by month."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import QuerySet

from activity.actions import record
from activity.refused import Refused, refuse_if
from people.models import Unit, User

from ..models import Proposal, SchoolDemand
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch
from .meanwhile import digest_of

# Code of the school, first day of the month, activity.
Place = tuple[str, date, str]


class Asked(TypedDict):
    """Of each school in each month. A note that stands stays where none is given; an empty one clears it."""

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

    `began` holds `marks_of` the hours and notes that the page showed: what others set since is not
    replaced unseen. Returns how many school months were set. Raises Refused.
    """
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    if not schools or not months:
        raise Refused("Choose at least one school and one month.")
    firsts = sorted({month.replace(day=1) for month in months})
    hours, days = asked["hours"], asked.get("days", Decimal(0))
    stand = proposal.demands.filter(school__in=schools, month__in=firsts, activity=activity)
    if began is not None:
        places = [(school.code, month, activity) for school in schools for month in firsts]
        refuse_if(_unseen(stand, places, asked, began))
    if hours or days:
        _put(proposal, schools, firsts, activity, {"days": days, **asked})
    else:
        stand.delete()
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


def marks_of(demands: Iterable, notes: Iterable) -> dict[str, str]:
    """What stands, for a page to carry: hours and days by school, month and activity, out of the rows of
    a content, and the notes on them, as `notes_on_hours` reads them."""
    marks = {_key(*place): _mark(hours, Decimal(days)) for *place, days, hours in demands}
    return marks | {_key(*place, "note"): _note_mark(note) for *place, note in notes}


def _key(*place: date | str) -> str:
    return ":".join(map(str, place))


def _mark(hours: int, days: Decimal) -> str:
    return f"{hours}/{days:.2f}" if hours or days else ""


def _note_mark(note: str) -> str:
    return digest_of(note) if note else ""


def _unseen(stand: QuerySet, places: list[Place], asked: Asked, began: Mapping[str, str]) -> list[str]:
    """What others set since the page was shown and these hours or this note would replace, in words."""
    rows = list(stand.values_list("school__code", "month", "activity", "days", "hours", "note"))
    notes = {(school, month, kind): note for school, month, kind, _days, _hours, note in rows if note}
    now = marks_of((row[:5] for row in rows), ((*place, note) for place, note in notes.items()))
    hours, days, note = asked["hours"], asked.get("days", Decimal(0)), asked.get("note")
    name = SchoolDemand.Activity(places[0][2]).label.lower()
    reasons = []
    if _replaced(places, _mark(hours, days), now, began):
        reasons.append(
            f"Somebody else set hours of {name} for these schools and months a moment ago. "
            "They stand in the table now. Set yours again if they should replace them."
        )
    if not hours and not days:
        note = ""  # it goes with the hours
    if note is not None and (replaced := _replaced(places, _note_mark(note), now, began, "note")):
        theirs = sorted({notes.get(place, "") for place in replaced})
        reasons.append(
            f"Somebody else changed the note on {name} for these schools and months a moment ago. "
            f"It says now: {', '.join(f'“{words}”' if words else 'nothing' for words in theirs)}. "
            "Set yours again if it should replace that."
        )
    return reasons


def _replaced(
    places: list[Place], mine: str, now: Mapping[str, str], began: Mapping[str, str], *part: str
) -> list[Place]:
    """Where there stands what neither the page showed nor this person sets."""
    keys = {place: _key(*place, *part) for place in places}
    return [place for place, key in keys.items() if now.get(key, "") not in (mine, began.get(key, ""))]


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
        update_fields=[*values],
    )
