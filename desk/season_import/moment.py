"""The moment of a stage at which a season may be taken: a quarter into it, on a weekday, at nine."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from activity.sheets import Book
from goals.imports import StageRow
from people.imports import DistrictRow

NINE = time(9)


class NoSuchStage(Exception):
    """The calendar has no stage of that order, kind or name."""


def stages_of(book: Book) -> list[StageRow]:
    return sorted(book.rows(StageRow), key=lambda stage: stage.order)


def stage_of(book: Book, wanted: str) -> StageRow:
    """A stage by its order in the calendar, by its kind (the first of it) or by its name."""
    stages = stages_of(book)
    words = wanted.strip().casefold()
    for matches in (
        [stage for stage in stages if str(stage.order) == words],
        [stage for stage in stages if stage.kind == words],
        [stage for stage in stages if stage.name.casefold() == words],
    ):
        if matches:
            return matches[0]
    known = "; ".join(f"{stage.order} {stage.name} ({stage.kind})" for stage in stages)
    raise NoSuchStage(f"There is no stage “{wanted}”. Known are: {known or 'none'}.")


def day_within(opens: date, closes: date) -> date:
    """A quarter into a stage, so that most of its work is still open; the Friday before a weekend."""
    day = opens + (closes - opens) // 4
    return max(opens, day - timedelta(days=max(0, day.weekday() - 4)))


def day_of(book: Book, wanted: str) -> date:
    stage = stage_of(book, wanted)
    return day_within(stage.opens, stage.closes)


def zone_of(book: Book) -> ZoneInfo:
    return ZoneInfo(book.one(DistrictRow).time_zone)


def morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, NINE, zone)
