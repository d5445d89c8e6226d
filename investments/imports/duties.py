"""Writes commitments, and what was reported and learned of investments."""

from datetime import date

from activity.imports import Past
from activity.sheets import Book
from goals.imports.writing import plain
from people.models import Unit, User
from reviews.models import Endorsement

from ..models import Commitment, Investment, Lesson, TestCycle, Update
from ..workflow import CommitmentStatus
from .rows import CommitmentRow, CycleRow, LessonRow, UpdateRow


def _of(past: Past, row: CommitmentRow) -> Investment | None:
    return past.get(Investment, row.investment or ("proposal", row.proposal))


def _first_day(past: Past, investment: Investment) -> date:
    """The day from which the duty stood: the decision's publication, or the start."""
    if investment.decision_id:
        return investment.decision.published_at.astimezone(past.zone).date()
    return investment.starts_on


def write_commitments(book: Book, past: Past) -> None:
    """A status of a later day is not known yet: the duty stands as not started."""
    others = ("ask", "proposal", "investment", "owner", "owner_person", "status", "status_on")
    commitments = {}
    for row in book.rows(CommitmentRow):
        investment = _of(past, row)
        if investment is None:
            continue
        known = past.happened(row.status_on)
        commitments[row.code] = Commitment(
            investment=investment,
            endorsement=past.get(Endorsement, row.ask),
            owner=past.get(Unit, row.owner),
            owner_person=past.get(User, row.owner_person),
            status=row.status if known else CommitmentStatus.NOT_STARTED,
            status_on=row.status_on if known else _first_day(past, investment),
            is_imported=True,
            **plain(row, *others),
        )
    past.make(Commitment, commitments)


def write_progress(book: Book, past: Past) -> None:
    """Updates, tests of change and lessons by their days."""
    updates = {
        row.key: Update(
            investment=past.get(Investment, row.investment), written_by=past.get(User, row.written_by),
            is_imported=True, **plain(row, "investment", "written_by"),
        )
        for row in book.rows(UpdateRow)
        if past.happened(row.on) and past.get(Investment, row.investment)
    }  # fmt: skip
    past.make(Update, updates)
    for update in updates.values():
        investment = update.investment
        past.tell(
            "report",
            investment,
            f"reported on {investment}: {update.line}",
            on=update.on,
            by=update.written_by,
        )
    past.make(
        TestCycle,
        {
            row.code: _cycle(past, row)
            for row in book.rows(CycleRow)
            if past.happened(row.started_on) and past.get(Investment, row.investment)
        },
    )
    past.make(
        Lesson,
        {
            row.code: Lesson(season=past.season, unit=past.get(Unit, row.unit), **plain(row, "unit"))
            for row in book.rows(LessonRow)
            if past.happened(row.on)
        },
    )


def _cycle(past: Past, row: CycleRow) -> TestCycle:
    """A test that had not ended yet has no result yet."""
    later = ("ended_on", "done", "result", "surprise", "act", "next_step")
    ended = past.happened(row.ended_on) or (row.ended_on is None and past.until is None)
    known = {name: getattr(row, name) for name in later} if ended else {}
    return TestCycle(
        investment=past.get(Investment, row.investment), school=past.get(Unit, row.school),
        **plain(row, "investment", "school", *later), **known,
    )  # fmt: skip
