"""Putting proposals on a slate, in full or in part, and taking them off."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from funds.arithmetic import format_dollars
from people.models import User
from proposals.models import CostLine, Proposal

from .. import rules
from ..arithmetic import Years, kept_fte, kept_years, parts_of_lines
from ..models import Slate, SlateItem, SlateLine
from .locking import locked
from .scenario import NOT_A_BUILDER

IN_FULL = "in full"


@dataclass(frozen=True)
class Keep:
    """What of one cost line is wanted: posts for position lines, else dollars of its first paid year."""

    amount_cents: int | None = None
    fte: Decimal | None = None
    basis: str = ""


@transaction.atomic
def add_item(*, slate: Slate, proposal: Proposal, by: User, note: str = "") -> SlateItem:
    """Put a proposal on the slate with all its cost lines in full."""
    slate = locked(slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_edit(slate) or rules.blockers_to_add(slate, proposal))
    item = SlateItem.objects.create(slate=slate, proposal=proposal, note=note)
    SlateLine.objects.bulk_create(in_full(item, line) for line in proposal.cost_lines.all())
    record("add to slate", slate, f"put {proposal.code} on “{slate.name}”", by=by, private=True)
    return item


@transaction.atomic
def remove_item(*, item: SlateItem, by: User) -> Slate:
    """Take a proposal off the slate."""
    slate = locked(item.slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_edit(slate))
    code = item.proposal.code
    removed, _rows = SlateItem.objects.filter(pk=item.pk, slate=slate).delete()
    refuse_if([] if removed else [f"{code} is off this slate already."])
    record("take off slate", slate, f"took {code} off “{slate.name}”", by=by, private=True)
    return slate


@transaction.atomic
def change_item(*, item: SlateItem, keep: Mapping[int, Keep], by: User, note: str | None = None) -> SlateItem:
    """Set what of each cost line is on the slate, by key of the line. Lines not named are left out."""
    slate = locked(item.slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_edit(slate))
    lines = list(item.proposal.cost_lines.all())
    wanted = [(line, keep[line.pk]) for line in lines if line.pk in keep]
    problems = [problem for line, one in wanted for problem in problems_with(line, one).values()]
    kept = [] if problems else [row for line, one in wanted if (row := _kept(item, line, one))]
    if not problems and not kept:
        problems = [f"Nothing of {item.proposal.code} would be left. Take it off the slate instead."]
    refuse_if(problems)
    return _written(slate, item, kept, by, note)


@transaction.atomic
def keep_part(*, item: SlateItem, part: int, whole: int, basis: str, by: User) -> SlateItem:
    """Keep the same part of every cost line, such as 7 of 11 schools; each fund adds up exactly."""
    slate = locked(item.slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_edit(slate))
    if not 0 < part < whole:
        raise Refused("The part must be smaller than the whole, such as 7 of 11.")
    if not basis.strip():
        raise Refused(f"Say what is kept, such as “{part} of {whole} schools”.")
    lines = list(item.proposal.cost_lines.all())
    kept = [
        _row(
            item, line, years, basis.strip(),
            None if line.fte is None else kept_fte(line.fte, Decimal(part), Decimal(whole)),
        )
        for line, years in zip(
            lines, parts_of_lines([(line.fund_id, line.years) for line in lines], part, whole), strict=True
        )
    ]  # fmt: skip
    return _written(slate, item, kept, by, None)


def in_full(item: SlateItem, line: CostLine) -> SlateLine:
    return _row(item, line, (line.year1_cents, line.year2_cents, line.year3_cents), IN_FULL, line.fte)


def base_year(line: CostLine) -> int:
    """The first year in which the line costs anything: the year whose amount is typed."""
    return next((n for n, cents in enumerate(line.years) if cents), 0)


def is_posts(line: CostLine) -> bool:
    """Is the line counted in posts rather than in dollars?"""
    return line.position_id is not None and bool(line.fte)


def problems_with(line: CostLine, keep: Keep) -> dict[str, str]:
    """Sentences by field of one line: never more than requested, and a part says what part."""
    part, whole = _part_of(line, keep)
    field = "fte" if is_posts(line) else "amount_cents"
    if part > whole:
        most = f"{whole} FTE" if is_posts(line) else format_dollars(int(whole))
        return {field: f"Line {line.number}: not more than the {most} requested."}
    if part < 0:
        return {field: f"Line {line.number}: this cannot be negative."}
    if 0 < part < whole and (not keep.basis.strip() or keep.basis.strip().lower() == IN_FULL):
        return {"basis": f"Line {line.number}: say what part is kept, such as “7 of 11 schools”."}
    return {}


def _part_of(line: CostLine, keep: Keep) -> tuple[Decimal, Decimal]:
    if is_posts(line):
        return keep.fte or Decimal(0), line.fte or Decimal(0)
    return Decimal(keep.amount_cents or 0), Decimal(line.years[base_year(line)])


def _kept(item: SlateItem, line: CostLine, keep: Keep) -> SlateLine | None:
    part, whole = _part_of(line, keep)
    if part == whole:
        return in_full(item, line) if line.years != [0, 0, 0] else None
    if not part:
        return None
    years = list(kept_years(line.years, part, whole))
    if not is_posts(line):
        years[base_year(line)] = int(part)
    fte = part if is_posts(line) else line.fte and kept_fte(line.fte, part, whole)
    return _row(item, line, (years[0], years[1], years[2]), keep.basis.strip(), fte)


def _row(item: SlateItem, line: CostLine, years: Years, basis: str, fte: Decimal | None) -> SlateLine:
    return SlateLine(
        item=item, cost_line=line, basis=basis, fte=fte,
        year1_cents=years[0], year2_cents=years[1], year3_cents=years[2],
    )  # fmt: skip


def _written(slate: Slate, item: SlateItem, rows: list[SlateLine], by: User, note: str | None) -> SlateItem:
    item.lines.all().delete()
    SlateLine.objects.bulk_create(rows)
    if note is not None and note != item.note:
        item.note = note
        item.save(update_fields=["note"])
    amount = format_dollars(sum(row.year1_cents for row in rows))
    sentence = f"set {item.proposal.code} on “{slate.name}” to {amount} in {slate.season.years[0]}"
    record("change slate", slate, sentence, by=by, private=True)
    return item
