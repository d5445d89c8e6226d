"""What must hold of rubric, ratings and feedback."""

from activity.sheets import Book
from goals.imports import SeasonRow
from people.imports import PersonRow, UnitRow
from people.models import Post
from proposals.imports import AskRow, ProposalRow, SponsorRow

from .rows import CriterionRow, FeedbackRow, RatingRow


def check(book: Book) -> None:
    _check_rubric(book)
    _check_ratings(book)
    asks = book.by_key(AskRow)
    for row in book.rows(FeedbackRow):
        _check_feedback(book, row, asks)


def _check_rubric(book: Book) -> None:
    criteria = book.rows(CriterionRow)
    if not criteria or not book.complete(CriterionRow):
        return
    total = sum(row.weight for row in criteria)
    if total != 100:
        letters = book.tables[CriterionRow].letters.get("weight", "B")
        book.refuse_sheet(
            "Rubric",
            f"the weights in column {letters} add up to {total.normalize():f}",
            "weights that add up to 100",
        )
    for row in criteria:
        if not row.weight:
            book.refuse(row, "weight", "a weight above 0; leave the criterion out if it has none")
    gates = [row for row in criteria if row.is_gate]
    for row in gates[1:]:
        book.refuse(row, "is_gate", f"Yes for one criterion only; {gates[0].name} has it already", "Yes")
    if not gates:
        book.notice("Rubric: no criterion decides on the joint preference, so nobody earns it.")


def units_judged(book: Book) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By name: the units a person works or speaks for, and those answered for in the cabinet."""
    own: dict[str, set[str]] = {row.name: {row.unit} for row in book.rows(PersonRow)}
    answers: dict[str, set[str]] = {}
    highest = {row.name for row in book.rows(PersonRow) if Post.Role.SUPERINTENDENT in row.roles}
    for unit in book.rows(UnitRow):
        for name in (unit.head, unit.deputy):
            if name:
                own.setdefault(name, set()).add(unit.code)
        if unit.cabinet_member and unit.cabinet_member not in highest:
            answers.setdefault(unit.cabinet_member, set()).add(unit.code)
    return own, answers


def _check_ratings(book: Book) -> None:
    season, (own, answers) = book.one(SeasonRow), units_judged(book)
    sponsors = {
        code: {row.unit for row in rows} for code, rows in book.grouped(SponsorRow, "proposal").items()
    }
    proposals = book.by_key(ProposalRow)
    for row in book.rows(RatingRow):
        if not season.rating_from <= row.value <= season.rating_to:
            book.refuse(row, "value", f"a rating from {season.rating_from} to {season.rating_to}")
        near = sponsors.get(row.proposal, set())
        if near & own.get(row.reviewer, set()):
            book.refuse(row, "reviewer", f"nobody whose own unit sponsors {row.proposal}")
        elif near & answers.get(row.reviewer, set()):
            book.refuse(row, "reviewer", f"nobody who answers in the cabinet for a sponsor of {row.proposal}")
        proposal = proposals.get(row.proposal)
        if proposal and row.rated_on < proposal.submitted_on:
            book.refuse(row, "rated_on", f"a day from the submission on, {proposal.submitted_on}")


def _check_feedback(book: Book, row: FeedbackRow, asks: dict[str, AskRow]) -> None:
    ask = asks.get(row.ask)
    if ask and ask.proposal != row.proposal:
        book.refuse(row, "ask", f"an ask of {row.proposal}; this one belongs to {ask.proposal}")
    if row.answer:
        for name, wanted in (
            ("answered_by", "the person who answered"),
            ("answered_on", "the day of the answer"),
        ):
            if not getattr(row, name):
                book.refuse(row, name, wanted)
    else:
        for name in ("answered_by", "answered_on"):
            if getattr(row, name):
                book.refuse(row, name, "nothing while there is no answer; or the words of the answer")
    if row.answered_on and row.answered_on < row.written_on:
        book.refuse(row, "answered_on", f"a day from the remark on, {row.written_on}")
