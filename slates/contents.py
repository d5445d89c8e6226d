"""What a fingerprint is taken of: items, amounts, decisions, reasons and overrides, as plain values."""

from decimal import Decimal

from django.db.models import Count, Sum

from .models import Decision, Slate, SlateLine
from .sheet import Sheet


def content_of(sheet: Sheet) -> dict[str, object]:
    """A sheet as canonical values."""
    return {
        "season": sheet.season.name,
        "items": [_item(sheet, pk) for pk in sorted(sheet.lines_of)],
        "decisions": [_decision(sheet.decisions[pk]) for pk in sorted(sheet.decisions)],
        "overrides": [
            [key, override.amount_cents, override.reason] for key, override in sorted(sheet.overrides.items())
        ],
    }


def _item(sheet: Sheet, proposal_id: int) -> list:
    lines = sheet.lines_of[proposal_id]
    amounts = [
        [
            line.cost_line.number,
            line.cost_line_id,
            line.basis,
            "" if line.fte is None else f"{line.fte:.2f}",
            line.year1_cents,
            line.year2_cents,
            line.year3_cents,
        ]
        for line in lines
    ]
    return [proposal_id, lines[0].item.note, amounts]


def _decision(decision: Decision) -> list:
    return [
        decision.version_id,
        decision.outcome,
        decision.reason,
        decision.overrides_decline,
        decision.override_reason,
        decision.review_year,
        decision.served,
        decision.strained,
    ]


def outcomes_of(slate: Slate) -> list[tuple[str, int]]:
    """How many decisions of each outcome, in words."""
    rows = Decision.objects.filter(slate=slate).order_by().values_list("outcome").annotate(Count("pk"))
    counts = dict(rows)
    return [(outcome.label, counts[outcome]) for outcome in Decision.Outcome if outcome in counts]


def total_of(slate: Slate) -> dict:
    """Cents of the first year and posts of all that is on the slate."""
    return SlateLine.objects.filter(item__slate=slate).aggregate(
        cents=Sum("year1_cents", default=0), fte=Sum("fte", default=Decimal(0))
    )
