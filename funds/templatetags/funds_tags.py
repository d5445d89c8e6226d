"""Display of money."""

from contextvars import ContextVar
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from funds.arithmetic import format_dollars

register = template.Library()

# Stands behind whole dollars until their table is complete; no font draws it and no text holds it.
OPEN = "\ue0c5"
# Whether an amount with cents was met in the table that is being drawn; None outside of tables.
_met: ContextVar[list[bool] | None] = ContextVar("met", default=None)


@register.filter
def dollars(cents: int | None) -> str:
    """$1,234, with cents only where there are any: in the amount, or inside `same_cents` in its table."""
    text, met = format_dollars(cents), _met.get()
    if met is None or cents is None:
        return text
    if cents % 100:
        met.append(True)
        return text
    return text + OPEN


class SameCents(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context) -> SafeString:
        met: list[bool] = []
        token = _met.set(met)
        try:
            html = self.nodelist.render(context)
        finally:
            _met.reset(token)
        return mark_safe(html.replace(OPEN, ".00" if met else ""))  # noqa: S308  (rendered by the nodes)


@register.tag
def same_cents(parser, token) -> SameCents:
    """Around a table: cents stand behind every amount of it, or behind none."""
    nodelist = parser.parse(("endsame_cents",))
    parser.delete_first_token()
    return SameCents(nodelist)


@register.filter
def percent(rate: Decimal) -> str:
    """22.65% of 0.2265."""
    return f"{(rate * 100).normalize():f}%"
