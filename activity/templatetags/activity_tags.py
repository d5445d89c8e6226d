"""Display of days, states and the key of a form."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html

from activity import clock
from activity.addresses import row_url
from activity.once import new_key

register = template.Library()

ICONS = {
    "waiting": "◔",
    "agreed": "✓",
    "refused": "✕",
    "closed": "–",
    "plain": "•",
}


def _as_date(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
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
@lru_cache(maxsize=500)
def status_chip(kind: str, label: str) -> str:
    """A state as icon and word; kind is waiting, agreed, refused, closed or plain."""
    return format_html(
        '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>',
        "draft" if kind == "plain" else kind,
        ICONS[kind],
        label,
    )


@register.simple_tag
def once() -> str:
    """Hidden key that makes a double submit of a form one act."""
    return format_html('<input type="hidden" name="once" value="{}">', new_key())


register.simple_tag(row_url)
