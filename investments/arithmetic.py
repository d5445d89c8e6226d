"""Pure functions over dates, and the points of a line chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from decimal import Decimal

WIDTH, HEIGHT, EDGE = 600, 160, 8


def years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th. No year comes after 9999."""
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def last_day(starts: date, years: int) -> date:
    """The default end: the last day of the cycle."""
    return years_after(starts, years) - timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """Places of values in a drawing of WIDTH × HEIGHT; heights of baseline and target."""

    points: tuple[tuple[int, int], ...]
    baseline: int
    target: int
    lowest: Decimal
    highest: Decimal

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


def line_of(values: Sequence[tuple[date, Decimal]], baseline: Decimal, target: Decimal) -> Line | None:
    """Where each value stands, from the first day to the last; None without values."""
    if not values:
        return None
    days = [(day - values[0][0]).days for day, _ in values]
    whole = max(days[-1], 1)
    numbers = [value for _, value in values] + [baseline, target]
    lowest, highest = min(numbers), max(numbers)
    spread = highest - lowest or Decimal(1)

    def height(value: Decimal) -> int:
        return HEIGHT - EDGE - int((value - lowest) / spread * (HEIGHT - 2 * EDGE))

    points = tuple(
        (EDGE + (WIDTH - 2 * EDGE) * day // whole, height(value))
        for day, (_, value) in zip(days, values, strict=True)
    )
    return Line(points, height(baseline), height(target), lowest, highest)
