"""Writes asks with the terms that were sent. Answers belong to the floor above."""

from datetime import date

from activity.imports import Past
from activity.sheets import Book
from people.models import Unit

from ..models import Ask, AskTerms, Proposal
from .rows import AskRow, ProposalRow

TERMS = ("what", "effort", "effort_hours", "effort_per", "posts_to_fill", "needed_by", "if_declined")
LONGEST_SPONSORS = 300


def sent_on(row: AskRow, proposal: ProposalRow) -> date:
    """Asks went out with the submission, or earlier where the answer came earlier."""
    return min(proposal.submitted_on, row.answered_on or proposal.submitted_on)


def write_asks(book: Book, past: Past) -> None:
    proposals = book.by_key(ProposalRow)
    asks, terms = {}, {}
    for row in book.rows(AskRow):
        proposal = past.get(Proposal, row.proposal)
        if proposal is None:
            continue
        source = proposals[row.proposal]
        wanted = {name: getattr(row, name) for name in TERMS}
        ask = Ask(
            proposal=proposal, code=row.code, asked_unit=past.get(Unit, row.asked_unit),
            created_at=proposal.created_at, **wanted,
        )  # fmt: skip
        asks[row.code] = ask
        sent = sent_on(row, source)
        if past.happened(sent):
            terms[row.code] = AskTerms(
                ask=ask,
                number=1,
                sponsors="; ".join((source.lead, *source.co_sponsors))[:LONGEST_SPONSORS],
                answer_due_on=past.season.answers_due_on,
                sent_at=past.at(sent),
                sent_by=proposal.contact,
                is_imported=True,
                **wanted,
            )
    past.make(Ask, asks)
    for code, row in terms.items():
        row.ask_id = asks[code].pk
    past.make(AskTerms, terms)
    for row in book.rows(AskRow):
        if row.code in terms:
            ask, sent = asks[row.code], sent_on(row, proposals[row.proposal])
            past.tell(
                "send ask", ask, f"sent ask {row.code} to {ask.asked_unit}", on=sent, by=ask.proposal.contact
            )
