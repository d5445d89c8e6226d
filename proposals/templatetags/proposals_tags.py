"""Display of a proposal's status and sponsors."""

from datetime import date
from functools import cache, lru_cache
from types import SimpleNamespace

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from activity.addresses import row_url
from activity.templatetags.activity_tags import day, icon, status_chip
from proposals.arithmetic import cents_per_student, sizes_of, sum_of
from proposals.arithmetic.words import tables
from proposals.forms.remarks import RemarkForm
from proposals.models.content import said
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


JOINT = f'<li class="joint">{icon("blend")} joint</li>'
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
def goal_codes(goals: list[tuple[str, str]]) -> str:
    """Codes of goals in a row; each tells its title."""
    return mark_safe(", ".join(_goal(code, title) for code, title in goals))  # noqa: S308  (goals are escaped)


@lru_cache(maxsize=500)
def _goal(code: str, title: str) -> str:
    return format_html('<span title="{}">{}</span>', title, code)


@lru_cache(maxsize=500)
def _problem(title: str) -> str:
    return format_html(" · {}", title)


@register.simple_tag
def intent_facts(intent, around) -> str:
    """Who posted an intent and when, what it is about, whom it looks for and who joined."""
    about = [_problem(intent.problem_title)] if intent.problem_id else []
    about += [f" · {_goal(code, title)}" for _, code, title in around.goals]
    facts = [
        format_html(
            '<p class="quiet mb-1">{}, {}, {}{}</p>',
            intent.unit_name, intent.posted_by_name, day(intent.posted_at), mark_safe("".join(about)),  # noqa: S308
        )
    ]  # fmt: skip
    wanted = ", ".join(name for _, _, name in around.wanted)
    if looking := ". ".join(part for part in (wanted, intent.looking_for) if part):
        facts.append(format_html('<p class="mb-1"><b>Looking for:</b> {}</p>', looking))
    if around.joined:
        joined = ", ".join(name for _, _, name in around.joined)
        facts.append(format_html('<p class="mb-1"><b>Joined:</b> {}</p>', joined))
    return mark_safe("".join(facts))  # noqa: S308  (every part is escaped)


@register.simple_tag
def intent_acts(intent, around, can_act: bool, mine: set[int]) -> str:
    """What was started from an intent, and what this person can do about it."""
    row = [format_html(ABOUT, row_url("proposal", pk), code, title) for pk, code, title in around.started]
    if can_act and intent.closed_at is None:
        if intent.unit_id in mine:
            row.append(format_html(START, _proposal_new(), intent.pk))
        else:
            if not mine <= {pk for pk, _, _ in around.joined}:
                row.append(format_html(JOIN, row_url("intent_join", intent.pk)))
            row.append(format_html(TALK, row_url("intent_talk", intent.pk)))
    return mark_safe(f'<div class="d-flex flex-wrap gap-3 align-items-center">{"".join(row)}</div>')  # noqa: S308


ABOUT = '<a href="{}">{} {}</a>'
START = '<a class="btn btn-outline-secondary btn-sm" href="{}?intent={}">Start a proposal from it</a>'
JOIN = '<a class="btn btn-outline-secondary btn-sm" href="{}">Join as co-sponsor</a>'
TALK = '<a href="{}">Talk to us</a>'


@cache
def _proposal_new() -> str:
    return reverse("proposal_new")


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


@register.simple_tag
def remark_form() -> RemarkForm:
    """An empty form for a word on the text."""
    return RemarkForm()


@register.filter
def first_year(content: dict) -> int:
    """Cents of the first year of a frozen content."""
    return sum_of(content).cents[0]


register.filter(said)
register.filter(sizes_of)
register.filter(tables)
register.filter(cents_per_student)


@register.filter
def iso_day(value: str | date) -> str:
    """A day of a frozen content, which holds days as 2026-08-01."""
    return day(date.fromisoformat(value) if isinstance(value, str) else value)
