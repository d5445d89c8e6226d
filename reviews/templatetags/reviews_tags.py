"""Display of answers to asks."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html

from activity.addresses import row_url
from activity.templatetags.activity_tags import status_chip
from proposals.templatetags.proposals_tags import sponsor_ribbon
from reviews.models import Endorsement

register = template.Library()

Answer = Endorsement.Answer
CHIPS = {
    "": ("waiting", "No answer yet"),
    Answer.ENDORSED: ("agreed", "Endorsed"),
    Answer.DECLINED: ("refused", "Declined"),
    Answer.NOT_AFFECTED: ("closed", "Not affected"),
}


@register.simple_tag
def answer_chip(answer: str | None, accepted_at: datetime | None, refused_at: datetime | None) -> str:
    """How an ask stands, its condition included."""
    if (answer or "") in CHIPS:
        return status_chip(*CHIPS[answer or ""])
    if refused_at:
        return status_chip("refused", "Condition refused")
    if accepted_at:
        return status_chip("agreed", "Endorsed with condition")
    return status_chip("waiting", "Condition to settle")


@register.simple_tag
def effort_of(terms) -> str:
    """Hours and posts that the terms of an ask want: “40 hours a year, 0.5 posts to fill”."""
    words = terms.effort
    if terms.effort_hours:
        words = f"{terms.effort_hours:,} hours {terms.per}".strip()
    if not terms.posts_to_fill:
        return words or "effort not stated"
    posts = f"{Decimal(terms.posts_to_fill).normalize():f}"
    filled = f"{posts} post{'' if posts == '1' else 's'} to fill"
    return f"{words}, {filled}" if words else filled


LINE = """<div class="ask-line">{} <span class="arrow" aria-hidden="true">→</span> <span>{}</span> {}</div>
<p class="mb-0 mt-1"><a href="{}">{}</a></p>
<p class="quiet mb-0"><span class="code">{}</span> {} {}</p>"""


@register.simple_tag
def ask_line(ask, sponsors) -> str:
    """Who asks whom for what, how it stands, and in which proposal."""
    return format_html(
        LINE,
        sponsor_ribbon(sponsors),
        ask.unit,
        answer_chip(ask.answer, ask.accepted_at, ask.refused_at),
        row_url("ask", ask.pk),
        ask.what,
        ask.code,
        ask.proposal_code,
        ask.proposal_title,
    )
