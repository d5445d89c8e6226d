"""Cost lines out of an edited workbook: all of it or nothing, over the state that it was written from."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from django.db import transaction

from activity.actions import record
from activity.refused import Refused, refuse_if
from funds.arithmetic import Rates
from people.models import User

from ..arithmetic.lines import Change, Changes, Edited, Plain, changes_between, with_following, years_of
from ..costbook import Codes, faults_in, plain_lines, values_of
from ..models import CostLine, Proposal
from .baton import locked_with_sponsors
from .costs import LABELS, rates_of, with_amounts
from .drafting import allow_edit, touch


def digest_of(changes: Changes) -> str:
    """A mark of what a person saw before the import."""
    return hashlib.sha256(json.dumps(asdict(changes), sort_keys=True, default=dict).encode()).hexdigest()


def changes_to(
    proposal: Proposal, *, began: Mapping[int, Plain], stands: Mapping[int, Plain], rows: Iterable[Edited],
    unread: Iterable[int] = (), rates: Callable[[], Rates] | None = None,
) -> Changes:  # fmt: skip
    """What the rows change, with the later years that follow a changed first year."""
    rates = rates or rates_of(proposal)
    changes = changes_between(began, stands, rows, unread)
    return with_following(changes, began, stands, lambda: rates().other_growth)


@transaction.atomic
def import_costs(
    *, proposal: Proposal, began: Mapping[int, Plain], rows: Sequence[Edited], codes: Codes,
    seen: str, mine: Collection[int], by: User,
) -> tuple[int, int, int]:  # fmt: skip
    """Add, change and remove lines as the workbook says; returns how many of each. Raises Refused.

    Where others changed the same line meanwhile, theirs stays unless its number is among `mine`.
    """
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    stands = plain_lines(proposal)
    rates = rates_of(proposal)
    changes = changes_to(proposal, began=began, stands=stands, rows=rows, rates=rates)
    if digest_of(changes) != seen:
        raise Refused("The cost lines changed since you looked. Look again at what the workbook does.")
    refuse_if([str(fault) for fault in faults_in(lines_to_write(changes, stands), codes, proposal.season)])
    taken = Changes(
        changes.added,
        [change for change in changes.changed if _is_taken(change, mine)],
        [change for change in changes.removed if _is_taken(change, mine)],
    )
    if taken.is_empty:
        return 0, 0, 0
    _write(proposal, taken, stands, _in_columns(proposal, codes, rates))
    touch(proposal, by)
    numbers = len(taken.added), len(taken.changed), len(taken.removed)
    words = "imported cost lines: {} added, {} changed, {} removed".format(*numbers)
    record("import costs", proposal, words, by=by)
    return numbers


def lines_to_write(changes: Changes, stands: Mapping[int, Plain]) -> list[tuple[int | None, Plain]]:
    """Each line as it would be, with the row that says so."""
    added = [(row.row, row.values) for row in changes.added]
    return added + [(change.row, _whole(change, stands)) for change in changes.changed]


def _whole(change: Change, stands: Mapping[int, Plain]) -> Plain:
    stood = (change.whole or {}) if change.gone else {**stands[change.number], **change.values}
    return {**stood, **change.follows}


def _is_taken(change: Change, mine: Collection[int]) -> bool:
    return not (change.theirs or change.gone) or change.number in mine


class Costed(NamedTuple):
    """A line that the workbook adds or changes, as it would be; `before` holds its years as they stand."""

    number: int | None
    before: list[int]
    values: dict[str, Any]
    waits: bool  # for the person's choice: others changed it, too

    @property
    def after(self) -> list[int]:
        return [self.values[name] for name in CostLine.YEARS[: len(self.before)]]


def costed(proposal: Proposal, changes: Changes, stands: Mapping[int, Plain], codes: Codes) -> list[Costed]:
    """The added and changed lines with their amounts. Only of changes without faults."""
    as_columns, years = _in_columns(proposal, codes, rates_of(proposal)), proposal.season.years_costed
    none = [0] * years
    added = [Costed(None, none, as_columns(row.values), waits=False) for row in changes.added]
    return added + [
        Costed(
            change.number,
            none if change.gone else years_of(stands[change.number]),
            as_columns(_whole(change, stands)),
            waits=bool(change.theirs or change.gone),
        )
        for change in changes.changed
    ]


def sums(
    changes: Changes, stands: Mapping[int, Plain], lines: Iterable[Costed], years: int
) -> tuple[list[int], list[int]]:
    """All lines by year as they stand, and as they would be where nothing is chosen over others' changes."""
    removed = [years_of(change.values) for change in changes.removed if _is_taken(change, ())]
    taken = [line for line in lines if not line.waits]
    before = _by_year((years_of(line) for line in stands.values()), years)
    more = _by_year((line.after for line in taken), years)
    less = _by_year([*(line.before for line in taken), *removed], years)
    return before, [before[n] + more[n] - less[n] for n in range(years)]


def _by_year(rows: Iterable[list[int]], years: int) -> list[int]:
    return [sum(cents) for cents in zip([0] * years, *rows, strict=True)]


def _in_columns(
    proposal: Proposal, codes: Codes, rates: Callable[[], Rates]
) -> Callable[[Plain], dict[str, Any]]:
    """Makes of a plain line what its row holds."""

    def as_columns(line: Plain) -> dict[str, Any]:
        values = values_of(line, codes)
        known = {name: values[name] for name in LABELS if name in values}
        return with_amounts(known, rates, proposal.season.years_costed)

    return as_columns


def _write(
    proposal: Proposal,
    taken: Changes,
    stands: Mapping[int, Plain],
    as_columns: Callable[[Plain], dict[str, Any]],
) -> None:
    there = {line.number: line for line in proposal.cost_lines.all()}
    new = [row.values for row in taken.added] + [_whole(c, stands) for c in taken.changed if c.gone]
    last = max(there, default=0)
    CostLine.objects.bulk_create(
        CostLine(proposal=proposal, number=number, **as_columns(line))
        for number, line in enumerate(new, start=last + 1)
    )
    changed = [change for change in taken.changed if not change.gone]
    for change in changed:
        for name, value in as_columns(_whole(change, stands)).items():
            setattr(there[change.number], name, value)
    CostLine.objects.bulk_update([there[change.number] for change in changed], [*LABELS], batch_size=200)
    if taken.removed:
        proposal.cost_lines.filter(number__in=[change.number for change in taken.removed]).delete()
