"""Cost lines: position lines computed from price list and FTE, other lines as stated."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.db.models import Max

from activity.actions import record
from activity.cells import LONGEST
from activity.refused import Refused
from funds.arithmetic import Rates, grown, position_cost
from funds.models import PositionPrice
from funds.rates import line_rates_of
from people.models import User

from ..arithmetic.lines import following, within
from ..models import CostLine, Proposal
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch
from .meanwhile import as_a_whole, refuse_if_changed, to_write, told_in_history

LABELS = {
    "unit": "unit that spends",
    "description": "what is bought",
    "fund": "fund source",
    "function": "function",
    "object": "object",
    "benefits_object": "object of the benefits",
    "position": "position",
    "fte": "FTE",
    "is_recurring": "returns each year",
    "year1_cents": "first year",
    "year2_cents": "second year",
    "year3_cents": "third year",
    "required_anyway": "required anyway",
    "note": "note",
}
FTE_ALONE = "FTE counts only with a position. Choose the position, or empty FTE."


@transaction.atomic
def add_cost_line(*, proposal: Proposal, values: Mapping[str, Any], by: User) -> CostLine:
    """Add a line; amounts of a position line are computed. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    last = proposal.cost_lines.aggregate(last=Max("number"))["last"] or 0
    priced = with_amounts(_known(values), rates_of(proposal), proposal.season.years_costed)
    line = CostLine.objects.create(proposal=proposal, number=last + 1, **priced)
    touch(proposal, by)
    record("add cost line", proposal, f"added cost line {line.number}, {line.description}", by=by)
    return line


@transaction.atomic
def change_cost_line(
    *, line: CostLine, values: Mapping[str, Any], by: User, began: Mapping[str, Any] | None = None
) -> CostLine:
    """Change a line. Raises Refused; fields that only others changed stay theirs.

    Later years that growth made follow the first year; stated ones stay.
    """
    proposal = locked_with_sponsors(line.proposal)
    allow_edit(proposal, by)
    line = _line(proposal, line)
    rates, years = rates_of(proposal), proposal.season.years_costed
    mine = with_amounts(_known(values), rates, years)
    stands = {name: getattr(line, name) for name in mine}
    says = as_a_whole(f"changed cost line {line.number}")
    changed = to_write(
        began=began or {}, stands=stands, mine=_as_typed(mine, values), labels=LABELS,
        acts=told_in_history(proposal, "change cost line", says, "import costs"),
    )  # fmt: skip
    if not changed:
        return line
    # Price and FTE make the amounts, whoever changed which of them.
    follow = following(stands, changed, rates().other_growth) if "year1_cents" in changed else {}
    priced = with_amounts({**stands, **changed, **follow}, rates, years)
    CostLine.objects.filter(pk=line.pk).update(**priced)
    touch(proposal, by)
    record("change cost line", proposal, f"changed cost line {line.number}, {line.description}", by=by)
    for name, value in priced.items():
        setattr(line, name, value)
    return line


@transaction.atomic
def remove_cost_line(*, line: CostLine, by: User, began: Mapping[str, Any] | None = None) -> Proposal:
    """Take a line out. Raises Refused, also when others changed it since it was shown with `began`."""
    proposal = locked_with_sponsors(line.proposal)
    allow_edit(proposal, by)
    line = _line(proposal, line)
    refuse_if_changed(began or {}, {name: getattr(line, name) for name in LABELS}, f"line {line.number}")
    CostLine.objects.filter(pk=line.pk).delete()
    touch(proposal, by)
    record("remove cost line", proposal, f"removed cost line {line.number}, {line.description}", by=by)
    return proposal


def rates_of(proposal: Proposal) -> Callable[[], Rates]:
    """The season's rates, read when they are wanted, once."""
    return cache(partial(line_rates_of, proposal.season.name))


def with_amounts(values: dict[str, Any], rates: Callable[[], Rates], years: int) -> dict[str, Any]:
    """The values with their three amounts: computed for posts, grown where later years are not stated,
    none beyond the years that the season costs."""
    values = within(values, years)
    if values.get("position") is not None:
        return {**values, **post_amounts(values, rates(), years)}
    if values.get("fte"):
        raise Refused(FTE_ALONE)
    if values.get("year1_cents") is None:
        raise Refused("Write the amount of the first year, or choose a position and its FTE.")
    return {**values, "fte": None, **_later_amounts(values, rates)}


def post_amounts(values: Mapping[str, Any], rates: Rates, years: int) -> dict[str, int]:
    """The years of a post by price, FTE and the season's rates."""
    if not values.get("fte"):
        raise Refused("A position line needs its FTE, such as 0.5 or 2.")
    position: PositionPrice = values["position"]
    amounts = dict.fromkeys(CostLine.YEARS, 0)
    for year in range(years if values.get("is_recurring") else 1):
        cost = position_cost(position.salary_cents, position.health_cents, values["fte"], rates, year)
        amounts[CostLine.YEARS[year]] = cost.total
    return amounts


def _later_amounts(values: dict[str, Any], rates: Callable[[], Rates]) -> dict[str, int]:
    missing = {n: year for year, n in enumerate(CostLine.YEARS) if values.get(n) is None}
    if not missing or not values.get("is_recurring"):
        return dict.fromkeys(missing, 0)
    return {name: grown(values["year1_cents"], rates().other_growth, year) for name, year in missing.items()}


def _as_typed(priced: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the amounts that follow from a position: nobody typed them, so nobody clashes on them."""
    if values.get("position") is None:
        return priced
    return {name: value for name, value in priced.items() if name not in CostLine.YEARS}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    if len(values.get("note", "")) > LONGEST:
        raise Refused(f"Shorten the note to {LONGEST:,} characters: no cell of a workbook holds more.")
    return {name: values[name] for name in LABELS if name in values}


def _line(proposal: Proposal, line: CostLine) -> CostLine:
    codes = ("unit", "fund", "function", "object", "benefits_object", "position")
    found = proposal.cost_lines.select_related(*codes).filter(pk=line.pk).first()
    if found is None:
        raise Refused("Somebody removed this line a moment ago. Add it again if it is still needed.")
    return found
