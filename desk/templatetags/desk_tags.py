"""Words that have one meaning lead to it."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@cache
def term(anchor: str, label: str) -> str:
    """A word with its meaning one click away, on the page of words."""
    return format_html('<a class="term" href="{}#{}">{}</a>', reverse("words"), anchor, label)
