"""Display of a slate's state and of an outcome."""

from functools import cache

from django import template

from activity.templatetags.activity_tags import status_chip
from slates.models import Decision
from slates.workflow import SlateStatus

register = template.Library()

STATES = {
    SlateStatus.SCENARIO: ("plain", "Scenario"),
    SlateStatus.FROZEN: ("waiting", "Frozen, waits for keys"),
    SlateStatus.APPROVED: ("agreed", "Approved"),
    SlateStatus.RELEASED: ("closed", "Released"),
}


@register.simple_tag
@cache
def slate_state(status: str) -> str:
    """The state of a slate as a chip."""
    return status_chip(*STATES[SlateStatus(status)])


@register.simple_tag
@cache
def outcome_chip(outcome: str) -> str:
    """What was decided, as a chip."""
    said = Decision.Outcome(outcome)
    if said in Decision.FUNDING:
        return status_chip("agreed", said.label)
    return status_chip("waiting" if said == Decision.Outcome.DEFERRED else "refused", said.label)
