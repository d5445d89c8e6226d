"""What a post costs: the rates of the season and the price list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from activity.actions import record
from activity.changes import in_words, put
from activity.refused import Refused, allow, refuse_if
from people.actions.holding import hold_district
from people.models import User

from .. import rules
from ..arithmetic import Rates, position_cost
from ..models import CostAssumption, PositionPrice
from ..rates import rates_of
from .funds import WHO

Role = CostAssumption.Role

FIELDS = ("code", "name", "salary_cents", "salary_object", "note")
PARTS = ("variable_benefits_cents", "health_cents", "full_cost_cents")


@transaction.atomic
def set_rates(*, season: str, rates: Mapping[str, Decimal | None], by: User) -> None:
    """Set the rates by role; the price list follows, cost lines keep their amounts. Raises Refused."""
    rows = list(CostAssumption.objects.select_for_update().filter(season=season).order_by("pk"))
    allow(rules.can_set_up_funds(by), WHO)
    refuse_if(rules.blockers_to_set_rates(rates))
    standing = {row.role: row for row in rows if row.role}
    old = {role: row.value for role, row in standing.items()}
    wanted = {
        Role(role): value for role, value in rates.items() if value is not None and old.get(role) != value
    }
    if not wanted:
        return
    for role, value in wanted.items():
        standing.setdefault(role, _rate(season, role)).value = value
    touched = [standing[role] for role in wanted]
    CostAssumption.objects.bulk_update([row for row in touched if row.pk], ["value"])
    CostAssumption.objects.bulk_create(row for row in touched if not row.pk)
    _price_anew(season, {role: row.value for role, row in standing.items()})
    words = ", ".join(role.label.lower() for role in wanted)
    changed: dict[str, Any] = {
        str(role): [str(old.get(role, "")), str(value)] for role, value in wanted.items()
    }
    record("set", [*rows, *touched][0], f"set {words} of {season}", by=by, **changed)


@transaction.atomic
def add_position(*, season: str, values: Mapping[str, Any], by: User) -> PositionPrice:
    """Add a post to the price list; benefits follow from the rates. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_funds(by), WHO)
    rates = rates_of(season)
    refuse_if(rules.blockers_to_write_position(season, str(values["code"])) + rules.blockers_to_price(rates))
    position = PositionPrice(season=season)
    put(position, values, FIELDS)
    _price(position, rates)
    position.save(force_insert=True)
    record("add", position, f"added position {position}", by=by)
    return position


@transaction.atomic
def change_position(*, position: PositionPrice, values: Mapping[str, Any], by: User) -> PositionPrice:
    """Change a post of the price list. Raises Refused."""
    position = PositionPrice.objects.select_for_update(of=("self",)).get(pk=position.pk)
    allow(rules.can_set_up_funds(by), WHO)
    rates = rates_of(position.season)
    code = str(values.get("code", position.code))
    refuse_if(rules.blockers_to_write_position(position.season, code, position))
    refuse_if(rules.blockers_to_price(rates))
    changed = put(position, values, FIELDS)
    if changed:
        _price(position, rates)
        position.save()
        sentence = f"changed {in_words(position, changed)} of position {position.code}"
        record("change", position, sentence, by=by, **changed)
    return position


@transaction.atomic
def remove_position(*, position: PositionPrice, by: User) -> None:
    """Remove a post that no cost line names. Raises Refused."""
    position = PositionPrice.objects.select_for_update(of=("self",)).get(pk=position.pk)
    allow(rules.can_set_up_funds(by), WHO)
    record("remove", position, f"removed position {position}", by=by)
    try:
        position.delete()
    except ProtectedError:
        raise Refused(f"Cost lines name {position}, so it stays in the list.") from None


def _rate(season: str, role: Role) -> CostAssumption:
    unit = CostAssumption.ValueUnit
    value_unit = unit.DOLLARS if role == Role.HEALTH else unit.RATE
    return CostAssumption(season=season, role=role, name=role.label, value_unit=value_unit)


def _price(position: PositionPrice, rates: Mapping[str, Decimal]) -> None:
    """Benefits of one full-time post; both parts rounded to the dollar, so that they add up."""
    share = Rates(variable_benefits=rates[Role.VARIABLE_BENEFITS])
    position.health_cents = int(rates[Role.HEALTH] * 100)
    whole = position_cost(position.salary_cents, 0, Decimal(1), share, 0)
    position.variable_benefits_cents = whole.benefits
    position.full_cost_cents = position.salary_cents + whole.benefits + position.health_cents


def _price_anew(season: str, rates: Mapping[str, Decimal]) -> None:
    if rules.blockers_to_price(rates):
        return
    positions = list(PositionPrice.objects.filter(season=season))
    for position in positions:
        _price(position, rates)
    PositionPrice.objects.bulk_update(positions, PARTS, batch_size=500)
