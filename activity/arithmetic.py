"""Geometry of charts: numbers to places on a drawing. Pure; the templates draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

HEAT_STEPS = 4


def share_of(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """Part of a whole in percent, 0 to 100, one decimal; 0 where there is no whole."""
    if whole <= 0:
        return Decimal(0)
    return min(max(Decimal(part) / Decimal(whole) * 100, Decimal(0)), Decimal(100)).quantize(Decimal("0.1"))


def heat_of(value: int | Decimal, limit: int | Decimal) -> int:
    """0 for nothing, then 1 to 3 by thirds of the limit, 4 above it."""
    if value <= 0:
        return 0
    if limit <= 0 or value > limit:
        return HEAT_STEPS
    return 1 + min(int(value * 3 / limit), 2)


@dataclass(frozen=True)
class Place:
    """A point of a line, and its value."""

    x: Decimal
    y: Decimal
    value: Decimal


@dataclass(frozen=True)
class Frame:
    """The drawing's field: days from left to right, values from bottom to top."""

    first: date
    last: date
    low: Decimal
    high: Decimal
    left: int
    right: int
    top: int
    bottom: int

    @classmethod
    def around(
        cls, days: Sequence[date], values: Sequence[Decimal], width: int, height: int, margin: int
    ) -> "Frame":
        """A frame that holds all days and values, with a tenth of air above and below."""
        low, high = min(values), max(values)
        air = (high - low) / 10 or abs(high) / 10 or Decimal(1)
        ends = (margin, width - margin, margin, height - margin)
        return cls(min(days), max(days), low - air, high + air, *ends)

    def x(self, day: date) -> Decimal:
        span = (self.last - self.first).days or 1
        passed = min(max((day - self.first).days, 0), span)
        return Decimal(self.left) + Decimal(self.right - self.left) * passed / span

    def y(self, value: Decimal) -> Decimal:
        upward = (value - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * upward

    def place(self, day: date, value: Decimal) -> Place:
        tenth = Decimal("0.1")
        return Place(self.x(day).quantize(tenth), self.y(value).quantize(tenth), value)


@dataclass(frozen=True)
class TargetDrawing:
    """A measure drawn against its target: the way that was planned, what was seen, the announced dip."""

    plan: list[Place]
    seen: list[Place]
    baseline: Place
    first: date
    last: date
    dip_left: Decimal = Decimal(0)
    dip_width: Decimal = Decimal(0)

    @property
    def plan_path(self) -> str:
        return _path(self.plan)

    @property
    def seen_path(self) -> str:
        return _path(self.seen)

    @property
    def target(self) -> Place:
        return self.plan[-1]

    @property
    def falls(self) -> bool:
        """Is the target below the baseline? Labels stand on the side where no line is."""
        return self.target.value < self.baseline.value


def _path(places: Sequence[Place]) -> str:
    return " ".join(f"{place.x},{place.y}" for place in places)


TARGET_WIDTH, TARGET_HEIGHT, TARGET_MARGIN = 360, 190, 28  # the days stand in the lower margin


def target_drawing(
    baseline: Decimal,
    plan: Sequence[tuple[date, Decimal]],
    seen: Sequence[tuple[date, Decimal]],
    dip: tuple[date, date] | None = None,
) -> TargetDrawing:
    """`plan` holds milestones and, last, the target. The way begins where the baseline was counted."""
    days = [day for day, _ in [*plan, *seen]] + list(dip or ())
    begins = min(seen[0][0] if seen else days[0] - timedelta(days=365), min(days))
    counted = [day for day, value in seen if value == baseline and day < days[0]]
    values = [baseline, *(value for _, value in [*plan, *seen])]
    frame = Frame.around([begins, *days], values, TARGET_WIDTH, TARGET_HEIGHT, TARGET_MARGIN)
    start = frame.place(max(counted, default=begins), baseline)
    band = (frame.x(dip[0]), frame.x(dip[1]) - frame.x(dip[0])) if dip else ()
    return TargetDrawing(
        [start, *(frame.place(day, value) for day, value in plan)],
        [frame.place(day, value) for day, value in seen],
        start,
        frame.first,
        frame.last,
        *(edge.quantize(Decimal("0.1")) for edge in band),
    )
