"""Display of answers to asks."""

from datetime import datetime
from functools import lru_cache, partial

from django import template
from django.utils.html import format_html

from activity.addresses import row_url
from activity.templatetags.activity_tags import status_chip
from funds.arithmetic import format_dollars
from proposals.arithmetic import effort_words
from proposals.models import Ask
from proposals.templatetags.proposals_tags import sponsor_ribbon
from reviews.arithmetic import Spread
from reviews.models import Endorsement
from reviews.reading import answered_asks

register = template.Library()

Answer = Endorsement.Answer
PER = dict(Ask.EffortPer.choices)
EFFORT = ("effort", "effort_hours", "effort_per", "posts_to_fill", "amount_cents")
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
    """Hours, posts and money that terms want: a row, terms, or an ask of a frozen content."""
    said = terms.get if isinstance(terms, dict) else partial(getattr, terms)
    effort, hours, per, posts, cents = (said(name) for name in EFFORT)
    words = effort_words(effort or "", hours, PER.get(per, ""), posts) or "effort not stated"
    return f"{words}, {format_dollars(cents)} share of the money" if cents else words


SPREAD = """<svg class="spread" viewBox="0 0 68 12" aria-hidden="true">\
<path d="M{} 6H{}M{} 1V11"/><circle cx="{}" cy="6" r="4"/></svg>"""


@register.simple_tag
@lru_cache(maxsize=2000)
def spread_chart(spread: Spread, highest: int = 5) -> str:
    """A line from the lowest to the highest rating, a tick at the median, a dot at the mean."""
    places = (spread.lowest, spread.highest, spread.median, spread.mean)
    xs = (round(4 + 60 * (float(rating) - 1) / (highest - 1), 1) for rating in places)
    return format_html(SPREAD, *xs)


LINE = """<div class="ask-line">{} <span><span class="arrow" aria-hidden="true">→</span> {}</span> {}</div>
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


@register.simple_tag
def answers_to(proposal) -> dict:
    """How each ask of a proposal stands, by key; one query."""
    return {ask.pk: ask for ask in answered_asks(proposal)}


@register.simple_tag
def sent_chip(pk: int, answers: dict) -> str:
    """A sent ask: waiting, or what the asked unit said."""
    ask = answers.get(pk)
    if ask is None or not ask.current_answer:
        return status_chip("waiting", "Waiting")
    return answer_chip(ask.current_answer, ask.condition_accepted_at, ask.condition_refused_at)
