"""Display of days, states and the key of a form."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import lucide
from django import template
from django.template import defaulttags
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from activity import clock
from activity.addresses import row_url
from activity.arithmetic import heat_of, share_of
from activity.once import new_key

register = template.Library()

ICONS = {
    "waiting": "clock",
    "agreed": "check",
    "refused": "x",
    "closed": "minus",
    "plain": "pencil-line",
}


def _as_date(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return clock.day_of(value) if value.tzinfo else value.date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """“Fri 9 Jan”, with the year when it is not the running one."""
    when = _as_date(value)
    if when is None:
        return "–"
    text = f"{when:%a} {when.day} {when:%b}"
    return text if when.year == clock.today().year else f"{text} {when.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """“Fri 9 Jan, 14:05”."""
    if value is None:
        return "–"
    return f"{day(value)}, {timezone.localtime(value):%H:%M}"


@register.filter
def due(value: date | None) -> str:
    """Relative words and the date: “in 3 days, Fri 9 Jan”."""
    when = _as_date(value)
    if when is None:
        return "no date"
    left = (when - clock.today()).days
    if left == 0:
        words = "today"
    elif left in (1, -1):
        words = "tomorrow" if left == 1 else "yesterday"
    else:
        words = f"in {left} days" if left > 0 else f"{-left} days ago"
    return format_html(
        '<span class="due{}">{}, <time datetime="{}">{}</time></span>',
        " overdue" if left < 0 else "",
        words,
        when.isoformat(),
        day(when),
    )


@register.simple_tag
@cache
def icon(name: str) -> str:
    """A Lucide icon, inline, for the eye only: a word stands beside it."""
    svg = lucide._render_icon(name, 16, aria_hidden="true", **{"class": "icon"})
    return mark_safe("".join(line.strip() for line in svg.splitlines()))  # noqa: S308  (a package's drawing)


@register.simple_tag
@lru_cache(maxsize=500)
def status_chip(kind: str, label: str) -> str:
    """A state as icon and word; kind is waiting, agreed, refused, closed or plain."""
    return format_html(
        '<span class="state state-{}">{} {}</span>',
        "draft" if kind == "plain" else kind,
        icon(ICONS[kind]),
        label,
    )


NOTICES = {"success": "check", "info": "info", "warning": "triangle-alert", "error": "x"}


@register.simple_tag
def notice_icon(kind: str) -> str:
    """The icon of a notice; kinds are those of Django's messages."""
    return icon(NOTICES.get(kind, "info"))


@register.simple_tag
def once() -> str:
    """Hidden key that makes a double submit of a form one act."""
    return format_html('<input type="hidden" name="once" value="{}">', new_key())


register.simple_tag(row_url)


@register.simple_tag
def options(choices: Iterable[tuple[Any, str]], chosen: str = "") -> str:
    """The options of a select, with the chosen one marked."""
    made = [_option(str(key), label, str(key) == chosen) for key, label in choices]
    return mark_safe("".join(made))  # noqa: S308  (options are escaped)


@register.inclusion_tag("parts/filters.html", takes_context=True)
def filter_bar(context: dict, label: str, fields: Iterable[tuple[str, str, str, Iterable]]) -> dict:
    """The filters of a list as (kind, name, label, choices), kind being words, choice or yes."""
    asked = context["request"].GET
    return {"label": label, "fields": [(*field, asked.get(field[1], "")) for field in fields]}


@lru_cache(maxsize=500)
def _option(key: str, label: str, is_chosen: bool) -> str:
    selected = mark_safe(" selected") if is_chosen else ""
    return format_html('<option value="{}"{}>{}</option>', key, selected, label)


class _Address(template.Node):
    """An address without keys: it does not change while a process runs, so it is looked up once."""

    def __init__(self, node: template.Node) -> None:
        self.node, self.text = node, ""

    def render(self, context) -> str:
        self.text = self.text or self.node.render(context)
        return self.text


@register.tag
def url(parser, token) -> template.Node:
    """Django's own tag; what is the same on every page is kept with the template."""
    node = defaulttags.url(parser, token)
    named = isinstance(node.view_name.var, str)
    return _Address(node) if named and not (node.args or node.kwargs or node.asvar) else node


BAR = """<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">\
<rect class="whole" width="100" height="8"/><rect class="{}" width="{}" height="8"/></svg>"""


@register.simple_tag
def bar(part: int | None, whole: int | None) -> str:
    """A share as a bar, under the amount in a table's cell; what is over the whole shows as such."""
    over = bool(part and whole is not None and part > whole)
    return format_html(BAR, "over" if over else "part", share_of(part or 0, whole or 0))


@register.filter
def heat(value: int | None, limit: int | None) -> str:
    """Class of a cell of a heat map; the number stands in the cell."""
    return f"heat-{heat_of(value or 0, limit or 0)}"
