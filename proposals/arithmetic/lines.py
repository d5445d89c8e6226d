"""Cost lines as plain values: what a workbook that was edited adds, changes and removes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from funds.arithmetic import grown

# A line as text by field: codes, “2.5”, “yes”, cents.
Plain = Mapping[str, Any]

YEARS = ("year1_cents", "year2_cents", "year3_cents")


def within(values: Mapping[str, Any], years: int) -> dict[str, Any]:
    """The values of a line or a size in a season that costs so many years: nothing in the years beyond."""
    return {**values, **dict.fromkeys(YEARS[years:], 0)}


def years_of(line: Plain) -> list[int]:
    """Cents of the years that a plain line has."""
    return [line[name] for name in YEARS if name in line]


def following(stands: Mapping[str, Any], changed: Mapping[str, Any], growth: Decimal) -> dict[str, int]:
    """Later years that follow a changed first year: those that stand exactly as growth made them from the
    first year before, and that the change does not state. What a person stated stays."""
    line = {**stands, **changed}
    first = changed.get(YEARS[0])
    if first is None or stands.get("position") or line.get("position"):
        return {}
    if not (stands.get("is_recurring") and line.get("is_recurring")):
        return {}
    return {
        name: grown(first, growth, year)
        for year, name in enumerate(YEARS)
        if year and name in stands and name not in changed
        and stands[name] == grown(stands[YEARS[0]], growth, year)
    }  # fmt: skip


class Edited(NamedTuple):
    """A row of the workbook: its number there, the line that it speaks of (None: a new one), its values."""

    row: int
    number: int | None
    values: Plain


class Change(NamedTuple):
    """What becomes of one line; `theirs` holds what others put in the same fields meanwhile, `follows`
    the later years that growth makes from its new first year."""

    number: int
    values: Plain
    theirs: Plain
    gone: bool = False
    row: int | None = None
    whole: Plain | None = None
    follows: Plain = {}


@dataclass
class Changes:
    """Everything that a workbook would do."""

    added: list[Edited] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)

    @property
    def clashing(self) -> list[Change]:
        return [c for c in (*self.changed, *self.removed) if c.theirs or c.gone]


def changes_between(
    began: Mapping[int, Plain],
    stands: Mapping[int, Plain],
    rows: Iterable[Edited],
    unread: Iterable[int] = (),
) -> Changes:
    """What the rows change: `began` is what the workbook was written from, `stands` what is there now.

    `unread` are lines that a row names which cannot be read: they are not removed.
    """
    found, named = Changes(), set(unread)
    for row in rows:
        if row.number is None:
            found.added.append(row)
            continue
        named.add(row.number)
        mine = _differing(began[row.number], row.values)
        now = stands.get(row.number)
        if not mine or (now is not None and not _differing(now, row.values, only=mine)):
            continue
        theirs = _theirs(began[row.number], now, mine)
        values = {name: row.values[name] for name in mine}
        found.changed.append(Change(row.number, values, theirs, now is None, row.row, row.values))
    for number in began.keys() - named:
        now = stands.get(number)
        if now is not None:
            found.removed.append(Change(number, now, _theirs(began[number], now, list(now))))
    found.removed.sort(key=lambda change: change.number)
    return found


def with_following(
    changes: Changes, began: Mapping[int, Plain], stands: Mapping[int, Plain], growth: Callable[[], Decimal]
) -> Changes:
    """The same with the later years that follow; growth is asked for where a first year changes."""
    changed = []
    for change in changes.changed:
        if YEARS[0] in change.values:
            line = began[change.number] if change.gone else stands[change.number]
            change = change._replace(follows=following(line, change.values, growth()))
        changed.append(change)
    return Changes(changes.added, changed, changes.removed)


def _differing(before: Plain, after: Plain, only: Iterable[str] | None = None) -> list[str]:
    """Fields that differ; the amounts of a post follow from its price and say nothing."""
    names = [name for name in (only or after) if before.get(name) != after.get(name)]
    return [name for name in names if not (name in YEARS and after.get("position"))]


def _theirs(began: Plain, now: Plain | None, mine: Iterable[str]) -> Plain:
    if now is None:
        return {}
    return {name: now[name] for name in mine if began.get(name) != now[name]}
