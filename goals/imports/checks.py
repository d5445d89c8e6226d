"""What must hold between the rows of season, goals and measures."""

from activity.sheets import Book

from ..models import Measure
from .rows import GoalRow, MeasureRow, ProblemRow, SeasonRow, StageRow


def check(book: Book) -> None:
    _check_season(book)
    for stage in book.rows(StageRow):
        if stage.closes < stage.opens:
            book.refuse(stage, "closes", f"a day not before the stage opens, {stage.opens}")
    _check_problems(book)
    for measure in book.rows(MeasureRow):
        _check_measure(book, measure)


def _check_season(book: Book) -> None:
    season = book.one(SeasonRow)
    if season.fiscal_year_ends <= season.fiscal_year_starts:
        book.refuse(
            season, "fiscal_year_ends", f"a day after the fiscal year starts, {season.fiscal_year_starts}"
        )
    if season.rating_to <= season.rating_from:
        book.refuse(season, "rating_to", f"a rating above {season.rating_from}, where the scale starts")


def _check_problems(book: Book) -> None:
    """Without the sheet Problems, goals name problems that get their rows from the goals themselves."""
    known = book.by_key(ProblemRow)
    for goal in book.rows(GoalRow):
        waits = book.is_left_out(ProblemRow, goal.problem) and not book.following
        if goal.problem in known or waits:
            continue
        if known or any(kind is ProblemRow for kind, _key in book.left_out):
            book.refuse(goal, "problem", "a problem of the sheet Problems: " + ", ".join(known))
        else:
            book.notice(f"The sheet Problems is empty; {goal.problem} is taken with its code only.")


def _check_measure(book: Book, row: MeasureRow) -> None:
    if not row.goal and not row.investment:
        book.refuse(row, "goal", "a goal or an investment that the measure belongs to")
    if row.target_type != Measure.TargetType.ABSOLUTE and row.stated_change is None:
        book.refuse(row, "stated_change", "the change as stated, such as -5, for a percent or point change")
    for on, value in (("first_on", "first"), ("second_on", "second")):
        if getattr(row, value) is not None and getattr(row, on) is None:
            book.refuse(row, on, "the date of the milestone beside it")
        if getattr(row, on) is not None and getattr(row, value) is None:
            book.refuse(row, value, "the value of the milestone beside it")
    if row.first_on and row.first_on == row.second_on:
        book.refuse(row, "second_on", "another date than the first milestone's")
