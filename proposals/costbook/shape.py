"""The sheets and columns of the workbook, and the lines as plain values."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from activity import cells
from funds.arithmetic import MOST_CENTS, parse_dollars
from goals.models import Season

from ..arithmetic.lines import YEARS, Plain
from ..models import CostLine, Proposal

Codes = Mapping[str, Mapping[str, Any]]

SHEET, CODES, STATE = "Cost lines", "Codes", "State"
MOST_ROWS, MOST_BYTES = 1_000, 2 * 1024 * 1024
CODED = ("unit", "fund", "position", "function", "object", "benefits_object")
WIDE = {"description": 40, "note": 40}


# What an empty cell says; words and codes are then ''.
EMPTY = {**dict.fromkeys((*YEARS, "number")), "is_recurring": False, "required_anyway": False}


def dollars(value: Any) -> int:
    """Cents of a cell: a number to the cent, or text as people paste it."""
    try:
        if isinstance(value, str):
            cents = parse_dollars(value)
        else:
            exact = Decimal(repr(value)) * 100 if isinstance(value, float) else cells.decimal_of(value) * 100
            cents = int(exact.to_integral_value())
            if abs(exact - cents) > Decimal("0.0001"):
                raise ValueError("parts of a cent")
    except (ValueError, ArithmeticError):
        raise ValueError("dollars with at most two decimals, such as 1234.50") from None
    if not 0 <= cents <= MOST_CENTS:
        raise ValueError("an amount from 0 on")
    return cents


def _fte(value: Any) -> str:
    return format(cells.number(2, 0, 9999)(value).normalize(), "f")


def columns(season: Season) -> dict[str, tuple[str, Callable[[Any], Any]]]:
    """Header and reader of each column but the number of the line."""
    code = cells.code(300)  # or a name, which may be the only one: see `with_codes`
    return {
        "description": ("What is bought", cells.text(300)),
        "unit": ("Unit that spends", code),
        "fund": ("Paid from", code),
        "position": ("Position", code),
        "fte": ("FTE", _fte),
        "is_recurring": ("Returns each year", cells.yes_no),
        **{name: (f"{year} in dollars", dollars) for name, year in zip(YEARS, season.years, strict=False)},
        "function": ("Function", code),
        "object": ("Object", code),
        "benefits_object": ("Object of the benefits", code),
        "required_anyway": ("Required anyway", cells.yes_no),
        "note": ("Note", cells.long_text),
    }


def plain_lines(proposal: Proposal) -> dict[int, Plain]:
    """The lines as they stand, by number, in the years that the season costs; one query."""
    years = YEARS[: proposal.season.years_costed]
    return {line.number: _plain(line, years) for line in proposal.cost_lines.select_related(*CODED)}


def _plain(line: CostLine, years: tuple[str, ...]) -> Plain:
    values: dict[str, Any] = {name: getattr(getattr(line, name), "code", None) or "" for name in CODED}
    values |= {name: getattr(line, name) for name in (*years, "is_recurring", "required_anyway")}
    values |= {"description": " ".join(_readable(line.description).split()), "note": _readable(line.note)}
    return values | {"fte": format(line.fte.normalize(), "f") if line.fte else ""}


def _readable(words: str) -> str:
    """As a cell says it: without what no sheet can hold."""
    try:
        return cells.cleaned(words)
    except ValueError:
        return "".join(sign for sign in words if sign.isprintable() or sign in "\n\t").strip()


def name_of(proposal: Proposal) -> str:
    return f"{proposal.season.name} {proposal.code}"
