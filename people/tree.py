"""The tree of units as a page reads it: each unit under its parent, with its depth."""

from collections import defaultdict
from collections.abc import Iterable

from .models import Unit


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Units from the top down, each with `depth`; whatever hangs in no tree comes last."""
    rows = list(units)
    known = {unit.pk for unit in rows}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in rows:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    ordered: list[Unit] = []
    waiting = [(unit, 0) for unit in reversed(below[None])]
    while waiting:
        unit, unit.depth = waiting.pop()
        ordered.append(unit)
        waiting.extend((child, unit.depth + 1) for child in reversed(below[unit.pk]))
    reached = {unit.pk for unit in ordered}
    for unit in rows:
        if unit.pk not in reached:
            unit.depth = 0
            ordered.append(unit)
    return ordered
