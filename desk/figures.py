"""The figures of a season: money, posts, asks, scores and decisions by proposal, fund and unit.

Whole dollars as integers; pending decisions and slates that are not released do not show. What was
merged counts in the proposal that it went into.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from funds.arithmetic import half_up
from funds.models import Envelope, FundSource
from goals.models import Season
from proposals.models import CostLine, Proposal, Sponsorship
from proposals.workflow import Status
from reviews.models import Endorsement
from reviews.scores import Score, score_sheet
from slates.models import Decision, SlateLine
from slates.workflow import SlateStatus

YEARS = ("year1_cents", "year2_cents", "year3_cents")
ANSWERS = {
    "endorsed": Endorsement.Answer.ENDORSED,
    "conditional": Endorsement.Answer.CONDITIONAL,
    "declined": Endorsement.Answer.DECLINED,
    "not affected": Endorsement.Answer.NOT_AFFECTED,
    "open": "open",
}
# The words of the workbook, in which decisions are published.
DECISIONS = {
    Decision.Outcome.FUNDED: "Approved",
    Decision.Outcome.FUNDED_IN_PART: "Approved, reduced",
    Decision.Outcome.FUNDED_WITH_CONDITIONS: "Approved with conditions",
    Decision.Outcome.DEFERRED: "Deferred",
    Decision.Outcome.NOT_FUNDED: "Not funded",
}


@dataclass(frozen=True)
class Line:
    """Money of one cost line, as requested or as on the slate."""

    proposal: str
    unit: str
    fund: str
    fte: Decimal
    cents: tuple[int, int, int]


def figures(season: Season) -> dict[str, Any]:
    """Everything in one object, in a fixed number of queries."""
    proposals = list(Proposal.objects.filter(season=season).exclude(status=Status.MERGED).order_by("code"))
    requested, bought = _requested(season), _bought(season)
    decisions = _decisions(season)
    return {
        "season": season.name,
        "years": season.years,
        "proposals": _proposals(season, proposals, requested, bought, decisions),
        "funds": _funds(season, requested, bought),
        "units": _units(requested),
        "total": {
            **_years(season, requested),
            "fte": _fte(requested),
            "three years": _three_years(requested),
        },
        "slate": {
            "total": dollars(sum(line.cents[0] for line in bought)),
            "fte": _fte(bought),
            "decisions": {
                word: count for word in DECISIONS.values() if (count := Counter(decisions.values())[word])
            },
        },
    }


def dollars(cents: int) -> int:
    return half_up(Decimal(cents) / 100)


def _requested(season: Season) -> list[Line]:
    rows = CostLine.objects.filter(proposal__season=season).exclude(proposal__status=Status.MERGED)
    rows = rows.order_by("proposal__code", "number")
    return _lines(rows.values_list("proposal__code", "unit__code", "fund__code", "fte", *YEARS))


def _bought(season: Season) -> list[Line]:
    rows = SlateLine.objects.filter(item__slate__season=season, item__slate__status=SlateStatus.RELEASED)
    line = "cost_line"
    return _lines(
        rows.order_by("pk").values_list(
            "item__proposal__code", f"{line}__unit__code", f"{line}__fund__code", "fte", *YEARS
        )
    )


def _lines(rows: Iterable[tuple]) -> list[Line]:
    return [
        Line(proposal, unit, fund, fte or Decimal(0), cents) for proposal, unit, fund, fte, *cents in rows
    ]


def _decisions(season: Season) -> dict[str, str]:
    """Published decisions by code of the proposal, in the words of the workbook."""
    rows = Decision.objects.released().filter(slate__season=season).order_by("pk")
    return {
        code: DECISIONS[outcome] for code, outcome in rows.values_list("version__proposal__code", "outcome")
    }


def _years(season: Season, lines: list[Line]) -> dict[str, int]:
    return {year: dollars(sum(line.cents[n] for line in lines)) for n, year in enumerate(season.years)}


def _fte(lines: list[Line]) -> float:
    return float(sum((line.fte for line in lines), Decimal(0)))


def _three_years(lines: list[Line]) -> int:
    return dollars(sum(sum(line.cents) for line in lines))


def _grouped(lines: list[Line], name: str) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[getattr(line, name)].append(line)
    return groups


def _proposals(season, proposals, requested, bought, decisions) -> dict[str, dict]:
    lines, kept = _grouped(requested, "proposal"), _grouped(bought, "proposal")
    scores = score_sheet(season)
    sponsors = _sponsors(season)
    found = {}
    for proposal in proposals:
        code, own = proposal.code, lines[proposal.code]
        students = proposal.students_served
        first_year = sum(line.cents[0] for line in own)
        lead, others = sponsors.get(proposal.pk, ("", []))
        decided = sum(line.cents[0] for line in kept[code]) if kept[code] else None
        found[code] = {
            "lines": len(own),
            "fte": _fte(own),
            **_years(season, own),
            "total": _three_years(own),
            "per_pupil": half_up(Decimal(first_year) / 100 / students) if students else None,
            "lead": lead,
            "co_sponsors": others,
            **_judged(scores.get(proposal.pk) or Score(proposal.pk)),
            "decision": decisions.get(code),
            "decided": None if decided is None or code not in decisions else dollars(decided),
        }
    return found


def _sponsors(season: Season) -> dict[int, tuple[str, list[str]]]:
    """Lead and co-sponsors by proposal."""
    found: dict[int, tuple[str, list[str]]] = {}
    rows = Sponsorship.objects.standing().filter(proposal__season=season).order_by("-is_lead", "pk")
    for proposal_id, code, is_lead in rows.values_list("proposal_id", "unit__code", "is_lead"):
        _lead, others = found.setdefault(proposal_id, ("", []))
        if is_lead:
            found[proposal_id] = (code, others)
        else:
            others.append(code)
    return found


def _judged(score: Score) -> dict[str, Any]:
    return {
        "asks": {word: score.asks[answer] for word, answer in ANSWERS.items()},
        "score": None if score.score is None else float(score.score),
        "preference": float(score.preference),
        "ranking": None if score.ranking is None else float(score.ranking),
    }


def _funds(season: Season, requested: list[Line], bought: list[Line]) -> dict[str, dict]:
    wanted, kept = _grouped(requested, "fund"), _grouped(bought, "fund")
    first, *later = season.years
    available = dict(
        Envelope.objects.filter(fund__season=season.name, year=first).values_list(
            "fund__code", "available_cents"
        )
    )
    found = {}
    for code in FundSource.objects.filter(season=season.name).values_list("code", flat=True):
        on_slate = sum(line.cents[0] for line in kept[code])
        stated = available.get(code)
        found[code] = {
            "available": None if stated is None else dollars(stated),
            "requested": dollars(sum(line.cents[0] for line in wanted[code])),
            "slate": dollars(on_slate),
            "left": None if stated is None else dollars(stated - on_slate),
            **{
                f"slate {year}": dollars(sum(line.cents[n] for line in kept[code]))
                for n, year in enumerate(later, start=1)
            },
        }
    return found


def _units(requested: list[Line]) -> dict[str, dict]:
    return {
        code: {"requested": dollars(sum(line.cents[0] for line in lines)), "fte": _fte(lines)}
        for code, lines in sorted(_grouped(requested, "unit").items())
    }
