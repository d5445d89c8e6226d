"""Writes intents, proposals with their texts, sponsors, lines, demands and links, as they stood."""

import re
from collections.abc import Mapping
from datetime import date

from activity.imports import Past
from activity.sheets import Book
from funds.imports import account_code
from funds.models import FundSource, PositionPrice
from goals.imports import GoalRow, ListeningRow
from goals.imports.calendar import begun, opening, over
from goals.imports.writing import plain
from goals.models import Goal, ListeningNote, Principle, Problem, RootCause
from people.models import Unit, User

from ..models import CostLine, Intent, Proposal, ProposalLink, SchoolDemand, Section, Sponsorship
from ..workflow import Status
from .rows import DemandRow, LineRow, LinkRow, ProposalRow, SponsorRow

OWN = (
    "code", "title", "reach", "grades", "students_served", "evidence_tier", "cycle_years",
)  # fmt: skip
LISTS = (
    ("goals", Goal, "goal"), ("causes", RootCause, "rootcause"), ("schools", Unit, "unit"),
    ("principles_served", Principle, "principle"), ("principles_strained", Principle, "principle"),
)  # fmt: skip


def write(book: Book, past: Past, *, later: Mapping[str, str]) -> None:
    """`later` are statuses that higher floors give, by code of the proposal."""
    if past.until and not begun(book, "drafting", past.until):
        _write_intents(book, past)
    rows = [row for row in book.rows(ProposalRow) if exists(book, row, past)]
    _write_proposals(book, past, rows, later)
    _write_lists(book, past, rows)
    _write_sponsors(book, past)
    _write_lines(book, past)
    _write_demands(book, past)
    _write_links(book, past)


def began_on(book: Book, row: ProposalRow) -> date:
    """The day from which the proposal stands as a draft."""
    drafting = opening(book, "drafting")
    return min(drafting, row.submitted_on) if drafting else row.submitted_on


def exists(book: Book, row: ProposalRow, past: Past) -> bool:
    return past.happened(began_on(book, row))


def was_edited(row: ProposalRow, past: Past) -> bool:
    """Was it edited after its submission, as far as this import goes?"""
    return bool(row.edited_on and row.edited_on > row.submitted_on and past.happened(row.edited_on))


def status_of(book: Book, row: ProposalRow, past: Past) -> Status:
    """Where the proposal stood before any decision, by its own dates and by the calendar."""
    if not past.happened(row.submitted_on):
        return Status.DRAFT
    if over(book, "scoring", past.day) or begun(book, "slate", past.day):
        return Status.VETTED
    edits = row.edited_on and row.edited_on > row.submitted_on
    if edits and begun(book, "revision", past.day) and not was_edited(row, past):
        return Status.IN_REVISION
    return Status.SUBMITTED


def _write_intents(book: Book, past: Past) -> None:
    """Before drafting, what became proposals later stands as intents: title, problem, first sentence."""
    opens = opening(book, "intents")
    if not past.happened(opens):
        return
    problems = {goal.code: goal.problem for goal in book.rows(GoalRow)}
    intents = {}
    for row in book.rows(ProposalRow):
        intents[row.code] = Intent(
            season=past.season,
            title=row.title,
            problem=past.get(Problem, problems.get(row.goals[0])),
            idea=re.split(r"(?<=[.!?])\s", row.summary, maxsplit=1)[0],
            unit=past.get(Unit, row.lead),
            posted_at=past.at(opens),
            posted_by=past.get(User, row.contact),
        )
    past.make(Intent, intents)
    for row in book.rows(ProposalRow):
        past.tell(
            "post intent", intents[row.code], f"posted the intent “{row.title}”", on=opens,
            by=past.get(User, row.contact),
        )  # fmt: skip


def _write_proposals(book: Book, past: Past, rows: list[ProposalRow], later: Mapping[str, str]) -> None:
    proposals = {}
    for row in rows:
        contact = past.get(User, row.contact)
        submitted, edited = past.happened(row.submitted_on), was_edited(row, past)
        proposals[row.code] = Proposal(
            season=past.season,
            status=later.get(row.code) or status_of(book, row, past),
            contact=contact,
            research_partner=past.get(User, row.research_partner),
            created_at=past.at(began_on(book, row)),
            created_by=contact,
            submitted_at=past.at(row.submitted_on) if submitted else None,
            submitted_by=contact if submitted else None,
            edited_at=past.at(row.edited_on) if edited else None,
            edited_by=contact if edited else None,
            **{name: getattr(row, name) for name in OWN},
        )
    past.make(Proposal, proposals)
    past.make(
        Section,
        {
            (row.code, kind): Section(proposal=proposals[row.code], kind=kind, text=getattr(row, kind))
            for row in rows
            for kind in ProposalRow.SECTIONS
            if getattr(row, kind)
        },
    )
    for row in rows:
        proposal, contact = proposals[row.code], past.get(User, row.contact)
        if proposal.submitted_at:
            past.tell("submit", proposal, f"submitted {proposal}", on=row.submitted_on, by=contact)
        if proposal.edited_at:
            past.tell("resubmit", proposal, f"resubmitted {proposal}", on=row.edited_on, by=contact)


def _write_lists(book: Book, past: Past, rows: list[ProposalRow]) -> None:
    for name, model, column in LISTS:
        past.link(
            getattr(Proposal, name).through,
            (
                {"proposal": past.get(Proposal, row.code), column: past.get(model, key)}
                for row in rows
                for key in getattr(row, name)
            ),
        )
    past.link(
        Proposal.heard.through,
        (
            {"proposal": past.get(Proposal, code), "listeningnote": past.get(ListeningNote, row.code)}
            for row in book.rows(ListeningRow)
            for code in row.proposals
            if past.get(Proposal, code) and past.get(ListeningNote, row.code)
        ),
    )


def _write_sponsors(book: Book, past: Past) -> None:
    """Who signed on by now has accepted; the lead is in from the start; others are invited."""
    sponsors = {}
    rows = sorted(book.rows(SponsorRow), key=lambda row: (not row.is_lead, row.number))
    for row in rows:
        proposal = past.get(Proposal, row.proposal)
        if proposal is None:
            continue
        signer, signed = past.get(User, row.signed_by), past.happened(row.signed_on)
        accepted = past.at(row.signed_on) if signed else proposal.created_at if row.is_lead else None
        invited = None if row.is_lead else proposal.created_at
        sponsors[row.key] = Sponsorship(
            proposal=proposal,
            unit=past.get(Unit, row.unit),
            is_lead=row.is_lead,
            contribution=row.contribution,
            invited_at=invited,
            invited_by=proposal.created_by if invited else None,
            accepted_at=accepted,
            accepted_by=signer if accepted else None,
        )
    past.make(Sponsorship, sponsors)


def _write_lines(book: Book, past: Past) -> None:
    lines = {}
    for row in book.rows(LineRow):
        proposal = past.get(Proposal, row.proposal)
        if proposal is None:
            continue
        lines[row.key] = CostLine(
            proposal=proposal,
            number=row.line,
            unit=past.get(Unit, row.unit),
            description=row.description,
            fund=past.get(FundSource, row.fund),
            function=account_code(past, "function", row.function),
            object=account_code(past, "object", row.object),
            benefits_object=account_code(past, "object", row.benefits_object),
            position=past.get(PositionPrice, row.position),
            fte=row.fte,
            is_recurring=row.kind == "recurring",
            year1_cents=row.year1,
            year2_cents=row.year2,
            year3_cents=row.year3,
            required_anyway=row.required_anyway,
            note=row.note,
        )
    past.make(CostLine, lines)


def _write_demands(book: Book, past: Past) -> None:
    """As they stand now, or as they stood in the submitted version until the last edit."""
    edited = {row.code: was_edited(row, past) for row in book.rows(ProposalRow)}
    demands = {}
    for row in book.rows(DemandRow):
        proposal = past.get(Proposal, row.proposal)
        if proposal is None:
            continue
        final = edited[row.proposal] or past.until is None
        days, hours = (row.days, row.hours) if final else (row.days_submitted, row.hours_submitted)
        if final or days or hours:
            demands[row.key] = SchoolDemand(
                proposal=proposal, school=past.get(Unit, row.school), month=row.month,
                activity=row.activity, days=days, hours=hours, note=row.note if final else "",
            )  # fmt: skip
    past.make(SchoolDemand, demands)


def _write_links(book: Book, past: Past) -> None:
    past.make(
        ProposalLink,
        {
            row.key: ProposalLink(
                source=past.get(Proposal, row.source),
                target=past.get(Proposal, row.target),
                settled_on=row.settled_on if past.happened(row.settled_on) else None,
                **plain(row, "source", "target", "settled_on"),
            )
            for row in book.rows(LinkRow)
            if past.get(Proposal, row.source) and past.get(Proposal, row.target)
        },
    )
