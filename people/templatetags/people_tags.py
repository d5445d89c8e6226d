"""Display of who speaks for a unit."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from activity.templatetags.activity_tags import day
from people.directory import Speaker

register = template.Library()

PERSON = '<a href="mailto:{}">{}</a>{}<br>'
UNTIL = ' <span class="quiet">until {}</span>'


@register.simple_tag
def speakers(people: Iterable[Speaker]) -> str:
    """Names that lead to a mail, one under the other, with the last day where there is one."""
    lines = [_speaker(name, email, day(until) if until else "") for name, email, until in people]
    return mark_safe("".join(lines))  # noqa: S308  (lines are escaped)


@lru_cache(maxsize=500)
def _speaker(name: str, email: str, until: str) -> str:
    return format_html(PERSON, email, name, format_html(UNTIL, until) if until else "")
