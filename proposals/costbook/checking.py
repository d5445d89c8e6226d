"""What of a workbook can be cost lines, and what it would change, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from activity.cells import letter_of
from activity.sheets import Fault, quoted
from funds.arithmetic import format_dollars
from funds.suggesting import best_matches
from goals.models import Season

from ..arithmetic.lines import YEARS, Change, Changes, Edited, Plain
from .shape import CODED, CODES, SHEET, Codes, columns

A_CODE = f"a code of the sheet {CODES}"
MOST_GUESSED = 30  # different words for which the likeliest code is looked for: each takes milliseconds


def with_codes(rows: Iterable[Edited], codes: Codes) -> list[Edited]:
    """The rows with codes where a cell names one in another case, or by the name that only one has."""
    known = {name: _said_of(codes[name]) for name in CODED}
    return [row._replace(values=_with_codes(row.values, codes, known)) for row in rows]


def _said_of(coded: Mapping[str, Any]) -> dict[str, list[str]]:
    """Codes by the words that people may write for them."""
    found: dict[str, list[str]] = {}
    for code, row in coded.items():
        for said in {code.casefold(), row.name.casefold(), f"{code} {row.name}".casefold()}:
            found.setdefault(said, []).append(code)
    return found


def _with_codes(line: Plain, codes: Codes, known: Mapping[str, Mapping[str, list[str]]]) -> Plain:
    named = {
        name: meant[0]
        for name in CODED
        if (said := line.get(name)) and said not in codes[name]
        and len(meant := known[name].get(said.casefold(), [])) == 1
    }  # fmt: skip
    return {**line, **named}


def faults_in(rows: Iterable[tuple[int | None, Plain]], codes: Codes, season: Season) -> list[Fault]:
    """What cannot be a cost line, by the number of its row; a cell that is not there is not checked."""
    letters = {name: letter_of(n) for n, name in enumerate(columns(season), start=2)}
    likeliest = _likeliest(codes)
    found = []
    for row, line in rows:
        for name, allowed in _wrong_in(line, codes, likeliest):
            said = line.get(name)
            words = "the cell is empty" if said in ("", None) else f"found {quoted(said)}"
            found.append(Fault(SHEET, f"{letters[name]}{row}" if row else "", words, allowed, row))
    return found


def by_place(faults: Iterable[Fault]) -> list[Fault]:
    """The faults as one finds them in the sheet: row by row, from left to right."""
    return sorted(faults, key=lambda fault: (fault.row or 0, len(fault.cell), fault.cell))


def _likeliest(codes: Codes) -> Callable[[str, str], str]:
    """What to write in place of words that are no code, as far as that can be told."""

    @cache
    def advice(name: str, said: str) -> str:
        names = {code: row.name for code, row in codes[name].items()}
        meant = sorted(code for code in names if names[code].casefold() == said.casefold())
        if not meant and advice.cache_info().misses <= MOST_GUESSED:
            meant = best_matches(said, names, most=1)
        return f"Write {' or '.join(meant)}; see sheet {CODES}" if meant else A_CODE

    return advice


def _wrong_in(line: Plain, codes: Codes, likeliest: Callable[[str, str], str]) -> Iterator[tuple[str, str]]:
    if line.get("description") == "":
        yield "description", "what is bought"
    for name in CODED:
        said = line.get(name)
        if said and said not in codes[name]:
            yield name, likeliest(name, said)
    for name in ("unit", "fund", "function", *(["object"] if line.get("position") == "" else [])):
        if line.get(name) == "":
            yield name, A_CODE
    if "position" in line:
        yield from _wrong_amounts(line)


def _wrong_amounts(line: Plain) -> Iterator[tuple[str, str]]:
    """A post costs what its FTE makes; anything else says its amount and has no FTE."""
    fte = Decimal(line.get("fte") or 0)
    if line["position"] and fte <= 0 and "fte" in line:
        yield "fte", "FTE above 0, since a position is named"
    if not line["position"] and fte:
        yield "fte", "nothing: FTE counts only with a position. Choose the position, or empty FTE"
    if not line["position"] and line.get("year1_cents", 0) is None:
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
        what = (change.whole or {})["description"]
        stated = _stated(change, season)
        found.append({"change": change, "what": what, "fields": fields, "stated": stated})
    return found


def _stated(change: Change, season: Season) -> list[str]:
    """Later years that stay as they were stated while the first changes."""
    line = change.whole or {}
    if YEARS[0] not in change.values or line["position"] or not line["is_recurring"]:
        return []
    moved = {*change.values, *change.follows}
    return [year for name, year in zip(YEARS, season.years, strict=False) if name not in moved]


def _in_words(name: str, value: Any) -> str:
    if name in YEARS:
        return format_dollars(value) if value is not None else "by the season's growth"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "nothing"
