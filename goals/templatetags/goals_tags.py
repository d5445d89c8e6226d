"""Display of values of measures."""

from decimal import Decimal

from django import template

from goals.arithmetic import decimals_of

register = template.Library()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """3,168 or 41.2: separators, and as many decimals as the value has."""
    if value is None:
        return "–"
    exact = Decimal(value)
    return f"{exact:,.{decimals_of(exact)}f}".replace("-", "−")
