"""What of a workbook can be cost lines, and what it would change, in words."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from activity.cells import letter_of
from activity.sheets import Fault, quoted
from funds.arithmetic import format_dollars
from goals.models import Season

from ..arithmetic.lines import YEARS, Changes, Plain
from .shape import CODED, CODES, SHEET, Codes, columns


def faults_in(rows: Iterable[tuple[int | None, Plain]], codes: Codes, season: Season) -> list[Fault]:
    """What cannot be a cost line, by the number of its row."""
    letters = {name: letter_of(n) for n, name in enumerate(columns(season), start=2)}
    found = []
    for row, line in rows:
        for name, allowed in _wrong_in(line, codes):
            said = line.get(name)
            words = "the cell is empty" if said in ("", None) else f"found {quoted(said)}"
            found.append(Fault(SHEET, f"{letters[name]}{row}" if row else "", words, allowed, row))
    return found


def _wrong_in(line: Plain, codes: Codes) -> Iterator[tuple[str, str]]:
    if not line["description"]:
        yield "description", "what is bought"
    for name in CODED:
        if line[name] and line[name] not in codes[name]:
            yield name, f"a code of the sheet {CODES}"
    for name in ("unit", "fund", "function", *(() if line["position"] else ("object",))):
        if not line[name]:
            yield name, f"a code of the sheet {CODES}"
    yield from _wrong_amounts(line)


def _wrong_amounts(line: Plain) -> Iterator[tuple[str, str]]:
    """A post costs what its FTE makes; anything else says its amount and has no FTE."""
    fte = Decimal(line["fte"] or 0)
    if line["position"] and fte <= 0:
        yield "fte", "FTE above 0, since a position is named"
    if not line["position"] and fte:
        yield "fte", "nothing: FTE counts only with a position. Choose the position, or empty FTE"
    if not line["position"] and line["year1_cents"] is None:
        yield "year1_cents", "the amount of the first year, or a position with its FTE"


def codes_by_name(codes: dict[str, list]) -> Codes:
    """Rows by field and code, out of the lists that forms show."""
    found = {kind: {row.code: row for row in rows} for kind, rows in codes.items()}
    return found | {"benefits_object": found["object"]}


def values_of(line: Plain, codes: Codes) -> dict[str, Any]:
    """What the verbs of cost lines take, of a line without faults."""
    values = dict(line) | {name: codes[name].get(line[name]) for name in CODED}
    post = values["position"]
    if post is not None and values["object"] is None:
        values["object"] = next(row for row in codes["object"].values() if row.pk == post.salary_object_id)
    return values | {"fte": Decimal(line["fte"]) if line["fte"] else None}


def in_words(changes: Changes, began: Mapping[int, Plain], season: Season) -> list[dict[str, Any]]:
    """Each change for people: the line, and for each field how it was, what it becomes, and theirs."""
    labels = {name: label for name, (label, _reader) in columns(season).items()}
    found = []
    for change in changes.changed:
        fields = [
            {
                "label": labels[name],
                "before": _in_words(name, began[change.number][name]),
                "after": _in_words(name, value),
                "theirs": _in_words(name, change.theirs[name]) if name in change.theirs else None,
            }
            for name, value in change.values.items()
        ] + [
            {
                "label": f"{labels[name]}, by the season's growth", "theirs": None,
                "before": _in_words(name, began[change.number][name]), "after": _in_words(name, value),
            }
            for name, value in change.follows.items()
        ]  # fmt: skip
        found.append({"change": change, "what": (change.whole or {})["description"], "fields": fields})
    return found


def _in_words(name: str, value: Any) -> str:
    if name in YEARS:
        return format_dollars(value) if value is not None else "by the season's growth"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "nothing"
