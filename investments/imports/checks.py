"""What must hold of investments and commitments."""

from activity.sheets import Book
from proposals.imports import AskRow
from slates.imports import DecisionRow

from .rows import CommitmentRow, CycleRow, InvestmentRow


def check(book: Book) -> None:
    for row in book.rows(InvestmentRow):
        if row.ends_on < row.starts_on:
            book.refuse(row, "ends_on", f"a day from the start on, {row.starts_on}")
    for cycle in book.rows(CycleRow):
        if cycle.ended_on and cycle.ended_on < cycle.started_on:
            book.refuse(cycle, "ended_on", f"a day from the start on, {cycle.started_on}")
    asks, decisions = book.by_key(AskRow), book.by_key(DecisionRow)
    first: dict[str, CommitmentRow] = {}
    for row in book.rows(CommitmentRow):
        _check_commitment(book, row, asks, decisions)
        if row.ask:
            if row.ask in first:
                book.refuse(row, "ask", f"each ask once; {first[row.ask].code} came from it already")
            first.setdefault(row.ask, row)


def _check_commitment(book: Book, row: CommitmentRow, asks: dict, decisions: dict) -> None:
    ask = asks.get(row.ask)
    if not row.investment and not row.proposal:
        book.refuse(row, "proposal", "a funded proposal, or a running investment beside it")
    elif row.investment and row.proposal:
        book.refuse(row, "investment", "a proposal or an investment, not both")
    if ask and row.proposal and ask.proposal != row.proposal:
        book.refuse(row, "ask", f"an ask of {row.proposal}; this one belongs to {ask.proposal}")
    if ask and ask.answer not in ("endorsed", "conditional"):
        book.refuse(row, "ask", "an ask that was endorsed; this one was not")
    decision = decisions.get(row.proposal)
    unfunded = not decision.is_funding if decision else book.complete(DecisionRow)
    if row.proposal and unfunded:
        book.refuse(row, "proposal", "a proposal that was approved in the sheet Decisions")
