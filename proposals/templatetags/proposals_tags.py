"""Display of a proposal's status and sponsors."""

from datetime import date
from functools import cache
from types import SimpleNamespace

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from activity.templatetags.activity_tags import day, status_chip
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
    badges = format_html_join(
        "",
        '<li class="{}" title="{}">{}</li>',
        ((_standing(s), f"{s.unit.name}{_remark(s)}", s.unit.code) for s in sponsorships),
    )
    joint = sum(s.accepted_at is not None for s in sponsorships) > 1
    mark = mark_safe('<li class="joint">joint</li>') if joint else ""
    return format_html('<ul class="sponsors">{}{}</ul>', badges, mark)


def _standing(sponsorship) -> str:
    if sponsorship.is_lead:
        return "lead"
    return "" if sponsorship.accepted_at else "unsigned"


def _remark(sponsorship) -> str:
    return {"lead": " (lead)", "unsigned": " (invited)", "": ""}[_standing(sponsorship)]


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
def iso_day(value: str | date) -> str:
    """A day of a frozen content, which holds days as 2026-08-01."""
    return day(date.fromisoformat(value) if isinstance(value, str) else value)
