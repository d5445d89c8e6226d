"""What must hold of decisions, of their lines, and of the scores that were published."""

from decimal import Decimal

from activity.sheets import Book
from funds.arithmetic import format_dollars
from people.imports import PersonRow
from proposals.imports import AskRow, LineRow, ProposalRow, SponsorRow
from reviews.arithmetic import one_decimal
from reviews.imports import CriterionRow, RatingRow, published_scores

from .rows import DecisionLineRow, DecisionRow


def check(book: Book) -> None:
    decisions = book.by_key(DecisionRow)
    _check_lines(book, decisions)
    by_proposal = book.grouped(DecisionLineRow, "proposal")
    proposals = book.by_key(ProposalRow)
    complete = book.complete(DecisionLineRow)
    for row in decisions.values():
        if complete:
            _check_money(book, row, by_proposal.get(row.proposal, []))
        _check_rest(book, row, proposals.get(row.proposal))
    _check_overrides(book)
    _check_scores(book)


def _check_lines(book: Book, decisions: dict[str, DecisionRow]) -> None:
    lines = book.by_key(LineRow)
    for row in book.rows(DecisionLineRow):
        line, decision = lines.get(row.key), decisions.get(row.proposal)
        waits = book.is_left_out(LineRow, row.key) and not book.following
        if line is None and not waits:
            book.refuse(row, "line", f"a line of {row.proposal} in the sheet Cost lines")
        elif line and line.fund != row.fund:
            book.refuse(row, "fund", f"the fund of that cost line, {line.fund}")
        if decision is None and book.complete(DecisionRow):
            book.refuse(row, "proposal", "a proposal with a row in the sheet Decisions")
        elif decision and not decision.is_funding:
            book.refuse(row, "proposal", "a proposal that was approved; this one was not")


def _check_money(book: Book, row: DecisionRow, lines: list[DecisionLineRow]) -> None:
    if not row.is_funding:
        if row.amount:
            book.refuse(row, "amount", "an empty cell where nothing is funded", format_dollars(row.amount))
        return
    if not lines:
        book.refuse(
            row, "amount", f"lines of {row.proposal} in the sheet Decision lines; there are none", "no lines"
        )
        return
    total, fte = (
        sum(line.year1 for line in lines),
        sum((line.fte or Decimal(0) for line in lines), Decimal(0)),
    )
    if row.amount is not None and row.amount != total:
        book.refuse(
            row,
            "amount",
            f"the sum of its decision lines, {format_dollars(total)}",
            format_dollars(row.amount),
        )
    if row.fte is not None and row.fte != fte:
        book.refuse(row, "fte", f"the posts of its decision lines, {fte}")


def _check_rest(book: Book, row: DecisionRow, proposal: ProposalRow | None) -> None:
    if row.overrides and not row.override_reason:
        book.refuse(row, "override_reason", "the written reason for funding over a decline")
    if row.published_on < row.decided_on:
        book.refuse(row, "published_on", f"a day from the decision on, {row.decided_on}")
    if proposal and row.decided_on < proposal.submitted_on:
        book.refuse(row, "decided_on", f"a day from the submission on, {proposal.submitted_on}")


def _check_overrides(book: Book) -> None:
    declined = {ask.proposal for ask in book.rows(AskRow) if ask.answer == "declined"}
    for row in book.rows(DecisionRow):
        if row.overrides and book.has(AskRow) and book.complete(AskRow) and row.proposal not in declined:
            book.refuse(row, "overrides", "Yes only where an asked unit declined", "Yes")


def _check_scores(book: Book) -> None:
    """Published scores must follow from the ratings, where the workbook holds ratings."""
    behind = (RatingRow, CriterionRow, AskRow, SponsorRow, PersonRow)
    if not book.has(RatingRow) or not book.has(DecisionRow) or not book.complete(*behind):
        return
    scores = published_scores(book)
    for row in book.rows(DecisionRow):
        found = scores.get(row.proposal)
        if found is None or found.score is None:
            book.notice(f"Decisions: {row.proposal} has no complete ratings; its score was not checked.")
            continue
        pairs = (("score", found.score), ("preference", found.preference), ("ranking", found.ranking))
        for name, computed in pairs:
            if one_decimal(getattr(row, name)) != one_decimal(computed):
                book.refuse(row, name, f"{one_decimal(computed)}, which ratings, asks and rubric give")
