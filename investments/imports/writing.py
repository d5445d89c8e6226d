"""Writes investments: those that ran already, and those that the decisions of the season made."""

import re

from activity.imports import Past
from activity.keys import next_code
from activity.sheets import Book
from funds.models import FundSource
from goals.imports import MeasureRow
from goals.imports.writing import plain
from goals.models import Goal, Measure
from people.imports import UnitRow
from people.models import Unit, User
from proposals.imports import ProposalRow
from proposals.models import Proposal
from slates.models import Decision, SlateItem, SlateLine

from ..actions.opening import code_stem, investment_of, watch
from ..models import Investment, InvestmentMeasure
from ..workflow import State
from .duties import write_commitments, write_progress
from .rows import InvestmentRow, UpdateRow


def write(book: Book, past: Past) -> None:
    _write_running(book, past)
    _write_new(book, past)
    _write_measures(book, past)
    write_commitments(book, past)
    write_progress(book, past)


def _write_running(book: Book, past: Past) -> None:
    stem, digits = re.fullmatch(r"(.*?)(\d+)", past.season.name).groups()
    running_year = f"{stem}{str(max(int(digits) - 1, 0)).zfill(len(digits))}"
    rows = [row for row in book.rows(InvestmentRow) if past.happened(row.starts_on)]
    updates = book.grouped(UpdateRow, "investment")
    others = (
        "owner", "owner_person", "partners", "research_partner", "goal", "schools", "fund", "state",
        "review_choice", "story",
    )  # fmt: skip
    made = {}
    for row in rows:
        told = updates.get(row.code, [])
        current = all(past.happened(update.on) for update in told)
        known = max((u for u in told if past.happened(u.on)), key=lambda u: u.on, default=None)
        made[row.code] = Investment(
            season=past.season,
            owner=past.get(Unit, row.owner),
            owner_person=past.get(User, row.owner_person),
            research_partner=past.get(User, row.research_partner),
            goal=past.get(Goal, row.goal),
            fund=past.get(FundSource, row.fund),
            cost_year=running_year,
            # As of an earlier day, only what had been reported by then is known.
            state=row.state if current else known.state if known else State.NOT_STARTED,
            review_choice=row.review_choice if current else "",
            story=row.story if current else "",
            is_imported=True,
            **plain(row, *others),
        )
    past.make(Investment, made)
    _link(past, Investment.partners.through, [(made[r.code], r.partners) for r in rows])
    _link(past, Investment.schools.through, [(made[r.code], r.schools) for r in rows])


def _link(past: Past, through, pairs: list[tuple[Investment, tuple]]) -> None:
    past.link(
        through,
        ({"investment": made, "unit": past.get(Unit, code)} for made, codes in pairs for code in codes),
    )


def _write_new(book: Book, past: Past) -> None:
    """Every decision that funds and is published makes an investment, in the order of proposals."""
    taken = list(past.all(Investment))
    heads = {row.code: row.head for row in book.rows(UnitRow)}
    lines: dict[str, list[SlateLine]] = {}
    for (code, _number), line in past.all(SlateLine).items():
        lines.setdefault(code, []).append(line)
    made, rows = {}, {}
    for row in book.rows(ProposalRow):
        decision = past.get(Decision, row.code)
        if decision is None or decision.published_at is None or row.code not in past.all(SlateItem):
            continue
        rows[row.code] = row
        head, taken = past.get(User, heads.get(row.lead)), [*taken, next_code(code_stem(past.season), taken)]
        made[row.code] = investment_of(
            decision, past.get(Proposal, row.code), lines.get(row.code, []), code=taken[-1],
            season=past.season, lead_id=past.get(Unit, row.lead).pk, head_id=head and head.pk,
            goal_id=past.get(Goal, row.goals[0]).pk,
        )  # fmt: skip
        made[row.code].is_imported = True
    Investment.objects.bulk_create(made.values())
    past.keep(Investment, {("proposal", code): investment for code, investment in made.items()})
    _link(past, Investment.partners.through, [(made[c], r.co_sponsors) for c, r in rows.items()])
    _link(past, Investment.schools.through, [(made[c], r.schools) for c, r in rows.items()])
    for investment in made.values():
        day = investment.decision.published_at.astimezone(past.zone).date()
        sentence = f"made funded proposal {investment.title} an investment"
        past.tell("begin investment", investment, sentence, on=day)


def _write_measures(book: Book, past: Past) -> None:
    past.make(
        InvestmentMeasure,
        {
            (row.investment, row.code): InvestmentMeasure(
                investment=past.get(Investment, row.investment), measure=past.get(Measure, row.code)
            )
            for row in book.rows(MeasureRow)
            if past.get(Investment, row.investment)
        },
    )
    new = Investment.objects.filter(season=past.season, decision__isnull=False, is_imported=True)
    watch(past.season, list(new))
