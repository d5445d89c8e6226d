"""The published rubric: weights add up to 100, one criterion is the gate of the joint preference."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.http import Http404

from goals.rules import can_set_up_season
from people.models import User

from ..models import Criterion


class CriterionLine(NamedTuple):
    """One criterion as the table of weights states it; `key` is None for a new one."""

    key: int | None
    name: str
    weight: Decimal
    is_gate: bool


def criterion_for(user: User, pk: int) -> Criterion:
    """A criterion, for those who set up the season."""
    if not can_set_up_season(user):
        raise Http404
    criterion = Criterion.objects.select_related("rubric__season").filter(pk=pk).first()
    if criterion is None:
        raise Http404
    return criterion


def blockers_to_set_rubric(lines: Sequence[CriterionLine]) -> list[str]:
    """What keeps these criteria from being published."""
    reasons = []
    total = sum((line.weight for line in lines), Decimal(0))
    if total != 100:
        reasons.append(f"The weights add up to {total.normalize():f}. They must add up to 100.")
    gates = sum(line.is_gate for line in lines)
    if gates != 1:
        reasons.append("Choose one criterion that decides on the joint preference.")
    if any(line.weight <= 0 for line in lines):
        reasons.append("Each criterion needs a weight above 0. Remove the ones that do not count.")
    names = [line.name.casefold() for line in lines]
    doubled = next((line.name for line in lines if names.count(line.name.casefold()) > 1), "")
    if doubled:
        reasons.append(f"“{doubled}” stands twice. Each criterion needs its own name.")
    return reasons
