"""The plain slate: proposals by ranking score while every envelope holds. It proposes; people decide."""

from dataclasses import dataclass, field

from django.db import transaction

from activity.actions import record
from activity.refused import allow, refuse_if
from people.models import User
from proposals.models import CostLine, Proposal
from proposals.workflow import ON_THE_TABLE
from reviews.scores import score_sheet

from .. import rules
from ..models import Slate, SlateItem, SlateLine
from ..ranking import costs_of, left_of, shortfall, sum_up
from ..sheet import Sheet
from .items import in_full
from .locking import locked, sheet_of
from .scenario import NOT_A_BUILDER


@dataclass
class Filled:
    """What came on the slate, and why the others stayed off, as sentences."""

    added: list[Proposal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def fill_in_rank_order(*, slate: Slate, by: User) -> Filled:
    """Add proposals from the highest ranking score down; one that breaks an envelope is passed over.

    What is on the slate already stays. Proposals without a complete score are left out.
    """
    slate = locked(slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_edit(slate))
    sheet = sheet_of(slate)
    filled, lines = _filled(sheet)
    _add_all(slate, filled.added, lines)
    codes = [proposal.code for proposal in filled.added]
    sentence = f"filled “{slate.name}” in rank order with {len(codes)} more"
    record("fill slate", slate, sentence, by=by, private=True, added=codes)
    return filled


def _filled(sheet: Sheet) -> tuple[Filled, list[CostLine]]:
    sum_up(sheet)
    left = left_of(sheet)
    rows = CostLine.objects.filter(proposal__season=sheet.season, proposal__status__in=ON_THE_TABLE)
    lines = list(rows.exclude(proposal__slate_items__slate=sheet.slate).select_related("proposal"))
    open_ones = list({line.proposal_id: line.proposal for line in lines}.values())
    scores = score_sheet(sheet.season, open_ones)
    costs = costs_of(lines)
    ranks = {p.pk: scores[p.pk].ranking if p.pk in scores else None for p in open_ones}
    filled = Filled(
        left_out=[f"{p.code} has no complete score yet." for p in open_ones if ranks[p.pk] is None]
    )
    rated = [(rank, p) for p in open_ones if (rank := ranks[p.pk]) is not None]
    for _, proposal in sorted(rated, key=lambda pair: (-pair[0], pair[1].code)):
        cost = costs.get(proposal.pk, {})
        if short := shortfall(sheet, cost, left):
            filled.left_out.append(f"{proposal.code} does not fit: {short}.")
        elif cost:
            filled.added.append(proposal)
            for key, cents in cost.items():
                left[key] = left.get(key, 0) - cents
    return filled, lines


def _add_all(slate: Slate, proposals: list[Proposal], lines: list[CostLine]) -> None:
    items = SlateItem.objects.bulk_create(SlateItem(slate=slate, proposal=p) for p in proposals)
    item_of = {item.proposal_id: item for item in items}
    rows = (in_full(item_of[line.proposal_id], line) for line in lines if line.proposal_id in item_of)
    SlateLine.objects.bulk_create(rows)
