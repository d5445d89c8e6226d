"""Display of values of measures, and a measure drawn against its target."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import template

from activity.arithmetic import TARGET_HEIGHT, TARGET_WIDTH, target_drawing
from goals.arithmetic import decimals_of
from goals.models import Measure, Observation

register = template.Library()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """3,168 or 41.2: separators, and as many decimals as the value has."""
    if value is None:
        return "–"
    exact = Decimal(value)
    return f"{exact:,.{decimals_of(exact)}f}".replace("-", "−")


@register.filter
def points(text: str) -> list[str]:
    """The points of a text that counts them in its line, “1. … 2. …”; none where it does not count."""
    _, *parts = re.split(r"(?:^|\s)(\d{1,2})\.\s", text)
    counted = [int(number) for number in parts[::2]] == list(range(1, len(parts) // 2 + 1))
    return [point.strip() for point in parts[1::2]] if counted else []


@register.inclusion_tag("goals/parts/target_chart.html")
def target_chart(
    measure: Measure,
    seen: Sequence[Observation] = (),
    dip_from: date | None = None,
    dip_until: date | None = None,
) -> dict:
    """The drawing of a measure; its table stands beside it on the page."""
    plan = [(row.on, row.value) for row in measure.milestones.all()] + [(measure.by_date, measure.target)]
    dip = (dip_from, dip_until) if dip_from and dip_until and dip_from < dip_until else None
    drawing = target_drawing(measure.baseline, plan, [(row.on, row.value) for row in seen], dip)
    return {
        "measure": measure, "drawing": drawing, "last": seen[-1] if seen else None, "dip_until": dip_until,
        "has_dip": dip is not None, "width": TARGET_WIDTH, "height": TARGET_HEIGHT,
    }  # fmt: skip
