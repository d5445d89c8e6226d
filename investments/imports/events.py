"""Writes integrity events into the history, and recusals onto the assignments that they ended."""

from activity.imports import Past
from activity.sheets import Book
from people.models import User
from proposals.models import Proposal
from reviews.models import Assignment

from .rows import EventRow


def write_events(book: Book, past: Past) -> None:
    recusals = {}
    for row in book.rows(EventRow):
        if not past.happened(row.on):
            continue
        proposal = past.get(Proposal, row.proposal)
        person, recorder = past.get(User, row.concerns), past.get(User, row.recorded_by)
        past.tell(
            row.kind, proposal or past.season, row.text,
            on=row.on, by=recorder, integrity=True, code=row.code, kind=row.kind, ruling=row.ruling,
            reason=row.reason, person=row.concerns or "",
        )  # fmt: skip
        key = (row.proposal, row.concerns)
        if row.kind == "recusal" and proposal and person and key not in past.all(Assignment):
            recusals[key] = Assignment(
                proposal=proposal, reviewer=person, assigned_at=past.at(row.on), assigned_by=recorder,
                recused_at=past.at(row.on), recused_by=person, recusal_reason=row.reason or row.text,
            )  # fmt: skip
    past.make(Assignment, recusals)
