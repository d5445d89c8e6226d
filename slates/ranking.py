"""The season's proposals by ranking score, as the slate shows them. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from funds.arithmetic import format_dollars
from proposals.models import CostLine, Proposal
from proposals.workflow import ON_THE_TABLE
from reviews.scores import Score, score_sheet

from .models import SlateLine
from .sheet import Money, Sheet, requested_by


@dataclass(frozen=True)
class Ranked:
    """One row of the slate page."""

    proposal: Proposal
    score: Score
    requested: Money
    kept: Money
    item_id: int | None
    in_part: bool
    declined: int
    is_decided: bool
    short: str  # why it does not fit beside what is on the slate; empty when it fits or is on


def ranked(sheet: Sheet, *, with_fit: bool = False) -> list[Ranked]:
    """Highest ranking score first; proposals without a complete score last, by code.

    `with_fit` where each row says whether it would fit beside what is on the slate.
    """
    scores = score_sheet(sheet.season, sheet.proposals)
    short = _shortfalls(sheet) if with_fit else {}
    rows = [_row(sheet, p, scores.get(p.pk) or Score(p.pk), short.get(p.pk, "")) for p in sheet.proposals]
    return sorted(
        rows,
        key=lambda row: (row.score.ranking is None, -(row.score.ranking or 0), row.proposal.code),
    )


def _row(sheet: Sheet, proposal: Proposal, score: Score, short: str) -> Ranked:
    lines = sheet.lines_of.get(proposal.pk)
    return Ranked(
        proposal=proposal,
        score=score,
        requested=requested_by(proposal),
        kept=sheet.money_on(proposal),
        item_id=lines[0].item_id if lines else None,
        in_part=bool(lines) and sheet.is_in_part(proposal),
        declined=len(sheet.declined(proposal)),
        is_decided=proposal.pk in sheet.decisions,
        short=short,
    )


Costs = dict[tuple[int, int], int]


def costs_of(lines: Iterable[CostLine]) -> dict[int, Costs]:
    """Cents by proposal, and there by fund and year."""
    costs: dict[int, Costs] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        for year, cents in enumerate(line.years):
            if cents:
                costs[line.proposal_id][line.fund_id, year] += cents
    return costs


def sum_up(sheet: Sheet) -> None:
    """Read what the slate spends of each fund together with the funds, where no line of it is wanted."""
    lines = SlateLine.objects.filter(item__slate=sheet.slate, cost_line__fund=OuterRef("pk"))
    of_fund = lines.order_by().values("cost_line__fund")
    sums = {
        f"spent_{year}": Subquery(of_fund.annotate(total=Sum(f"year{year}_cents")).values("total"))
        for year in (1, 2, 3)
    }
    sheet.funds = sheet.funds_with(**sums)
    sheet.spent = {
        (fund.pk, year - 1): getattr(fund, f"spent_{year}") or 0 for fund in sheet.funds for year in (1, 2, 3)
    }


def left_of(sheet: Sheet) -> Costs:
    """What each envelope has left, by fund and year."""
    return {(cell.fund.pk, n): cell.left for row in sheet.fund_years for n, cell in enumerate(row)}


def shortfall(sheet: Sheet, cost: Costs, left: Costs) -> str:
    """The envelope that is shortest, as words; empty when all hold."""
    short = {key: cents - left.get(key, 0) for key, cents in cost.items() if cents > left.get(key, 0)}
    if not short:
        return ""
    (fund_id, year), cents = max(short.items(), key=lambda pair: pair[1])
    code = next(fund.code for fund in sheet.funds if fund.pk == fund_id)
    return f"{code} in {sheet.years[year]} is short by {format_dollars(cents)}"


def _shortfalls(sheet: Sheet) -> dict[int, str]:
    off = [p.pk for p in sheet.proposals if p.pk not in sheet.lines_of and p.status in ON_THE_TABLE]
    left = left_of(sheet)
    costs = costs_of(CostLine.objects.filter(proposal__in=off))
    return {pk: shortfall(sheet, cost, left) for pk, cost in costs.items()}
