"""Display of money."""

from django import template

from funds.arithmetic import format_dollars

register = template.Library()


@register.filter
def dollars(cents: int | None) -> str:
    """$1,234, with cents only where there are any."""
    return format_dollars(cents)
