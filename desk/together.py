"""Who works with whom: units that sponsor the season's circulated proposals together."""

from collections import Counter
from dataclasses import dataclass
from itertools import permutations

from goals.models import Season
from people.models import Unit
from proposals.reading import sponsors_circulated


@dataclass(frozen=True)
class Together:
    """Units by units; a cell counts the proposals that two of them sponsor, and is None for a unit itself."""

    n_proposals: int
    n_joint: int
    units: list[Unit]
    rows: list[tuple[Unit, list[int | None]]]
    alone: list[Unit]

    @property
    def most(self) -> int:
        return max((cell or 0 for _unit, cells in self.rows for cell in cells), default=0)


def together_in(season: Season) -> Together:
    """Only units with somebody beside them have a row; departments without are named. Three queries."""
    sponsored = sponsors_circulated(season.pk).values()
    pairs = Counter(pair for codes in sponsored for pair in permutations(sorted(codes), 2))
    with_others = {one for one, _other in pairs}
    all_units = list(Unit.objects.order_by("code"))
    units = [unit for unit in all_units if unit.code in with_others]
    alone = [u for u in all_units if u.kind == Unit.Kind.DEPARTMENT and u.code not in with_others]
    rows = [(a, [None if a == b else pairs[a.code, b.code] for b in units]) for a in units]
    return Together(len(sponsored), sum(len(codes) > 1 for codes in sponsored), units, rows, alone)
