"""Pure functions over money: reading and writing dollars, rounding, position costs, shares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# A public budget of a trillion dollars is a typing mistake.
MOST_CENTS = 10**14

_AMOUNT = re.compile(r"^(\d{1,3}(,\d{3})+|\d+)?(\.\d{1,2})?$", re.ASCII)


def parse_dollars(text: str) -> int:
    """Cents of an amount as finance people write or paste it: 1234.5, $1,234.50, (1,200), -5.

    Raises ValueError with a sentence for people. Never rounds: half a cent is refused.
    """
    cleaned = text.strip().replace("\u00a0", " ").replace("−", "-")
    negative = cleaned.startswith("(") and cleaned.endswith(")")
    if negative:
        cleaned = cleaned[1:-1].strip()
    if cleaned.startswith("-"):
        negative, cleaned = not negative, cleaned[1:].strip()
    cleaned = cleaned.removeprefix("$").strip()
    if not cleaned or not any(c.isdigit() for c in cleaned) or not _AMOUNT.match(cleaned):
        raise ValueError(f"“{text.strip()}” is not an amount. Write dollars like 1,234 or 1234.50.")
    cents = int(Decimal(cleaned.replace(",", "")) * 100)
    if cents > MOST_CENTS:
        raise ValueError("This amount is too large. Please check the number of digits.")
    return -cents if negative else cents


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
