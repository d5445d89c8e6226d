"""Writes the slate as it was approved, with its items, keys and decisions."""

from datetime import date

from activity.imports import Past
from activity.sheets import Book
from people.imports import PersonRow
from people.models import Post, User
from proposals.imports.versions import last_version
from proposals.models import CostLine, Proposal

from ..arithmetic import fingerprint_of
from ..models import Approval, Decision, Slate, SlateItem, SlateLine
from ..workflow import SlateStatus
from .rows import ENDING, DecisionLineRow, DecisionRow

NAME = "Slate as approved"
_STATUS = {
    "funded": "funded", "funded_in_part": "funded", "funded_with_conditions": "funded",
    "deferred": "deferred", "not_funded": "not_funded", "withdrawn": "withdrawn", "merged": "merged",
}  # fmt: skip


def statuses(book: Book, past: Past) -> dict[str, str]:
    """Statuses that decisions give to proposals, by code: held until they are published."""
    found = {}
    for row in book.rows(DecisionRow):
        if past.happened(row.published_on) or (row.outcome in ENDING and past.happened(row.decided_on)):
            found[row.proposal] = _STATUS[row.outcome]
        elif past.happened(row.decided_on):
            found[row.proposal] = "held"
    return found


def write(book: Book, past: Past) -> None:
    rows = [
        row
        for row in book.rows(DecisionRow)
        if past.happened(row.decided_on) and row.outcome not in ENDING and last_version(past, row.proposal)
    ]
    if not rows:
        return
    deciders = _deciders(book, past, rows)
    slate = _write_slate(past, rows, deciders)
    _write_items(book, past, rows, slate)
    _write_keys(past, slate, deciders, min(row.decided_on for row in rows))
    _write_decisions(past, rows, slate)


def _deciders(book: Book, past: Past, rows: list[DecisionRow]) -> dict[str, User]:
    """Who decided, by key: the CFO, the superintendent, or else whoever is named first."""
    roles = {row.name: row.roles for row in book.rows(PersonRow)}
    names = [name for row in rows for name in row.decided_by]
    found = {}
    for key, role in (
        (Approval.Key.CFO, Post.Role.CFO),
        (Approval.Key.SUPERINTENDENT, Post.Role.SUPERINTENDENT),
    ):
        name = next((name for name in names if role in roles.get(name, ())), None)
        if name:
            found[key] = past.get(User, name)
    return found or {"": past.get(User, names[0])}


def _write_slate(past: Past, rows: list[DecisionRow], deciders: dict[str, User]) -> Slate:
    decided = min(row.decided_on for row in rows)
    published = [row.published_on for row in rows if past.happened(row.published_on)]
    first = next(iter(deciders.values()))
    content = [[row.proposal, row.outcome, row.amount, row.reason] for row in rows]
    return Slate.objects.create(
        season=past.season,
        name=NAME,
        status=SlateStatus.RELEASED if published else SlateStatus.APPROVED,
        created_at=past.at(decided),
        created_by=first,
        frozen_at=past.at(decided),
        frozen_by=first,
        fingerprint=fingerprint_of({"imported": content}),
        released_at=past.at(max(published)) if published else None,
        released_by=first if published else None,
        is_imported=True,
    )


def _write_items(book: Book, past: Past, rows: list[DecisionRow], slate: Slate) -> None:
    funded = {row.proposal for row in rows if row.is_funding}
    items = past.make(
        SlateItem,
        {code: SlateItem(slate=slate, proposal=past.get(Proposal, code)) for code in sorted(funded)},
    )
    past.make(
        SlateLine,
        {
            row.key: SlateLine(
                item=items[row.proposal], cost_line=past.get(CostLine, row.key), basis=row.basis, fte=row.fte,
                year1_cents=row.year1, year2_cents=row.year2, year3_cents=row.year3,
            )
            for row in book.rows(DecisionLineRow)
            if row.proposal in funded
        },
    )  # fmt: skip


def _write_keys(past: Past, slate: Slate, deciders: dict[str, User], day: date) -> None:
    for key, person in deciders.items():
        if key:
            Approval.objects.create(
                slate=slate,
                key=key,
                fingerprint=slate.fingerprint,
                approved_at=past.at(day),
                approved_by=person,
            )
            private = slate.released_at is None
            past.tell("turn key", slate, f"turned a key on {slate}", on=day, by=person, private=private)


def _write_decisions(past: Past, rows: list[DecisionRow], slate: Slate) -> None:
    decisions = {}
    for row in rows:
        published = past.happened(row.published_on)
        decisions[row.proposal] = Decision(
            slate=slate,
            version=last_version(past, row.proposal),
            outcome=row.outcome,
            reason=row.reason,
            overrides_decline=row.overrides,
            override_reason=row.override_reason,
            review_year=row.review_year,
            served=sorted(row.principles_served),
            strained=sorted(row.principles_strained),
            decided_at=past.at(row.decided_on),
            published_at=past.at(row.published_on) if published else None,
            is_imported=True,
        )
    past.make(Decision, decisions)
    past.link(
        Decision.decided_by.through,
        ({"decision": decisions[r.proposal], "user": past.get(User, n)} for r in rows for n in r.decided_by),
    )
    for row in rows:
        decision, published = decisions[row.proposal], past.happened(row.published_on)
        past.tell(
            "decide", past.get(Proposal, row.proposal), f"decided: {decision.get_outcome_display()}",
            on=row.published_on if published else row.decided_on,
            by=past.get(User, row.decided_by[0]), private=not published,
        )  # fmt: skip
