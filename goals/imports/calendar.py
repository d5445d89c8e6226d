"""When the stages of a workbook begin and end."""

from datetime import date

from activity.sheets import Book

from .rows import StageRow


def opening(book: Book, kind: str) -> date | None:
    """First day of the first stage of this kind."""
    return min((stage.opens for stage in book.rows(StageRow) if stage.kind == kind), default=None)


def closing(book: Book, kind: str) -> date | None:
    """Last day of the last stage of this kind."""
    return max((stage.closes for stage in book.rows(StageRow) if stage.kind == kind), default=None)


def begun(book: Book, kind: str, day: date) -> bool:
    """Had the first stage of this kind begun on that day?"""
    first = opening(book, kind)
    return first is not None and first <= day


def over(book: Book, kind: str, day: date) -> bool:
    """Had the last stage of this kind ended before that day?"""
    last = closing(book, kind)
    return last is not None and last < day
