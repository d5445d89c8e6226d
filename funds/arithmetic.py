"""Pure functions over money: reading and writing dollars, rounding, position costs, shares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from decimal import ROUND_HALF_UP, Decimal

# A public budget of a trillion dollars is a typing mistake.
MOST_CENTS = 10**14

# What programs put between and around figures, and how they show an amount of nothing.
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NOTHING = re.compile(r"\$?\s*-\s*")

_AMOUNT = re.compile(
    r"(?P<open>\()? ?(?P<before>-)? ?(USD )?\$? ?(?P<after>-)? ?"
    r"(?P<figure>(\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+|\d+)(\.\d{1,2})?|\.\d{1,2})"
    r" ?(?P<behind>-)?( USD)? ?(?P<close>\))?",
    re.ASCII,
)

# One part of what a fund may pay: 1000, or 2110-2120.
CODE_OR_RANGE = re.compile(r"[\w.]+(\s*[-–]\s*[\w.]+)?")


def parse_dollars(text: str) -> int:
    """Cents of an amount as finance people write or paste it: 1234.5, $1,234.50, (1,200), -5, 1,200-.

    A spreadsheet shows nothing as a dash, so “$ -” is zero. Raises ValueError with a sentence for
    people. Never rounds: half a cent is refused.
    """
    cleaned = _BLANKS.sub(" ", text).strip().replace("−", "-")
    if _NOTHING.fullmatch(cleaned):
        return 0
    found = _AMOUNT.fullmatch(cleaned)
    signs = [found[name] for name in ("open", "before", "after", "behind") if found[name]] if found else []
    if not found or len(signs) > 1 or bool(found["open"]) != bool(found["close"]):
        raise ValueError(f"“{text.strip()}” is not an amount. Write dollars like 1,234 or 1234.50.")
    cents = int(Decimal(found["figure"].replace(",", "").replace(" ", "")) * 100)
    if cents > MOST_CENTS:
        raise ValueError("This amount is too large. Please check the number of digits.")
    return -cents if signs else cents


def format_dollars(cents: int | None, *, cents_shown: bool | None = None) -> str:
    """Dollars with separators: $1,234, or $1,234.50 when there are cents (or when asked)."""
    if cents is None:
        return "–"
    sign = "−" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    if cents_shown or (cents_shown is None and rest):
        return f"{sign}${dollars:,}.{rest:02d}"
    return f"{sign}${dollars:,}"


def half_up(value: Decimal) -> int:
    """Nearest whole number, halves away from zero."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Rates:
    """The season's cost assumptions; growth is a fraction a year, health is cents per FTE."""

    salary_growth: Decimal = Decimal(0)
    health_growth: Decimal = Decimal(0)
    other_growth: Decimal = Decimal(0)
    variable_benefits: Decimal = Decimal(0)


@dataclass(frozen=True)
class PositionCost:
    """Cents of one year of a position line; `total` is the line."""

    salary: int
    benefits: int

    @property
    def total(self) -> int:
        return self.salary + self.benefits


def position_cost(
    salary_cents: int, health_cents: int, fte: Decimal, rates: Rates, year: int
) -> PositionCost:
    """Cost of `fte` posts in year 0, 1 or 2.

    Rule of data/README.md 3.1: salary rounded to the dollar once; both parts of the benefits
    together, from the unrounded salary, rounded once; half up.
    """
    salary = Decimal(salary_cents) * fte * (1 + rates.salary_growth) ** year
    health = Decimal(health_cents) * fte * (1 + rates.health_growth) ** year
    benefits = salary * rates.variable_benefits + health
    return PositionCost(half_up(salary / 100) * 100, half_up(benefits / 100) * 100)


def position_parts(
    salary_cents: int, health_cents: int, fte: Decimal, rates: Rates, year: int
) -> tuple[int, int, int]:
    """Salary, variable benefits and health of one year; they add up to what `position_cost` says."""
    cost = position_cost(salary_cents, health_cents, fte, rates, year)
    grown_health = Decimal(health_cents) * fte * (1 + rates.health_growth) ** year
    health = min(cost.benefits, half_up(grown_health / 100) * 100)
    return cost.salary, cost.benefits - health, health


def grown(first_year_cents: int, growth: Decimal, year: int) -> int:
    """A recurring amount in year 0, 1 or 2, rounded to the dollar half up."""
    if year == 0:
        return first_year_cents
    return half_up(Decimal(first_year_cents) * (1 + growth) ** year / 100) * 100


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` in proportion to the weights so that the parts add up (largest remainder)."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def code_is_within(code: str, allowed: str) -> bool:
    """Is an account code among codes and ranges such as “1000; 2110-2120”? Empty allows any.

    Codes are text. Ends of a range cover their subcodes where codes have different lengths.
    """
    pieces = [piece.strip() for piece in allowed.replace("–", "-").split(";") if piece.strip()]
    return not pieces or any(_covers(piece, code) for piece in pieces)


def _covers(piece: str, code: str) -> bool:
    if piece == code:
        return True
    first, dash, last = (text.strip() for text in piece.partition("-"))
    if not dash or not first or not last:
        return False
    if len(first) != len(last) and all(text.isdecimal() for text in (first, last, code)):
        return int(first) <= int(code) <= int(last)
    return first <= code and code[: len(last)] <= last


def years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th. No year comes after 9999."""
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
