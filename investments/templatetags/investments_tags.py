"""Display of an investment's state."""

from functools import cache

from django import template

from activity.templatetags.activity_tags import status_chip
from investments.workflow import State

register = template.Library()

CHIPS = {
    State.ON_TRACK: "agreed",
    State.COMPLETE: "agreed",
    State.WITHIN_DIP: "waiting",
    State.AT_RISK: "waiting",
    State.OFF_TRACK: "refused",
    State.STOPPED: "closed",
}


@register.simple_tag
@cache
def investment_state(state: str) -> str:
    """The state of an investment, or the one that an update gave it, as a chip."""
    said = State(state)
    return status_chip(CHIPS.get(said, "plain"), said.label)
