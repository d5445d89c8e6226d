"""Display of a proposal's status and sponsors."""

from datetime import date
from functools import cache, lru_cache
from types import SimpleNamespace

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from activity.templatetags.activity_tags import day, status_chip
from proposals.arithmetic import sum_of
from proposals.workflow import Status

register = template.Library()

CHIPS = {
    Status.DRAFT: "plain",
    Status.SUBMITTED: "waiting",
    Status.IN_REVISION: "waiting",
    Status.VETTED: "agreed",
    Status.HELD: "agreed",
    Status.FUNDED: "agreed",
    Status.DEFERRED: "closed",
    Status.NOT_FUNDED: "refused",
    Status.WITHDRAWN: "closed",
    Status.MERGED: "closed",
}


@register.simple_tag
@cache
def proposal_status(status: str) -> str:
    """The status as a chip."""
    return status_chip(CHIPS[Status(status)], Status(status).label)


@register.simple_tag
def sponsor_ribbon(sponsorships) -> str:
    """Unit badges in a row, lead first, and the joint mark."""
    sponsorships = list(sponsorships)
    badges = [_badge(s.unit.code, s.unit.name, _standing(s)) for s in sponsorships]
    if sum(s.accepted_at is not None for s in sponsorships) > 1:
        badges.append(JOINT)
    return mark_safe(f'<ul class="sponsors">{"".join(badges)}</ul>')  # noqa: S308  (badges are escaped)


JOINT = '<li class="joint">joint</li>'
REMARKS = {"lead": " (lead)", "unsigned": " (invited)", "": ""}


def _standing(sponsorship) -> str:
    if sponsorship.is_lead:
        return "lead"
    return "" if sponsorship.accepted_at else "unsigned"


@lru_cache(maxsize=1000)
def _badge(code: str, name: str, standing: str) -> str:
    """The same few units sponsor everything, so that each badge is made once."""
    return format_html('<li class="{}" title="{}{}">{}</li>', standing, name, REMARKS[standing], code)


@register.simple_tag
def content_ribbon(sponsors: list[dict]) -> str:
    """The ribbon of a frozen content."""
    return sponsor_ribbon(
        SimpleNamespace(
            unit=SimpleNamespace(code=s["unit"], name=s["name"]),
            is_lead=s["lead"],
            accepted_at=s["accepted"] or None,
        )
        for s in sponsors
    )


@register.filter
def first_year(content: dict) -> int:
    """Cents of the first year of a frozen content."""
    return sum_of(content).cents[0]


@register.filter
def iso_day(value: str | date) -> str:
    """A day of a frozen content, which holds days as 2026-08-01."""
    return day(date.fromisoformat(value) if isinstance(value, str) else value)
