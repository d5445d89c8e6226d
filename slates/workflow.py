"""The status of a slate: a scenario, frozen, approved, released. One table, one writer."""

from typing import Any

from django.db import models

from proposals.workflow import BatonLost


class SlateStatus(models.TextChoices):
    SCENARIO = "scenario", "Scenario"
    FROZEN = "frozen", "Frozen"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "Released"


TRANSITIONS = {
    "freeze": {SlateStatus.SCENARIO: SlateStatus.FROZEN},
    "unfreeze": {
        SlateStatus.FROZEN: SlateStatus.SCENARIO,
        SlateStatus.APPROVED: SlateStatus.SCENARIO,
    },
    "approve": {SlateStatus.FROZEN: SlateStatus.APPROVED},
    "release": {SlateStatus.APPROVED: SlateStatus.RELEASED},
}

# At most one slate of a season is in one of these.
BINDING = (SlateStatus.FROZEN, SlateStatus.APPROVED, SlateStatus.RELEASED)

# What stands on it will be decided, and is the deciders' own until the release.
PENDING = (SlateStatus.FROZEN, SlateStatus.APPROVED)


def advance(slate: Any, act: str, **also: object) -> None:
    """Move a slate by one row of TRANSITIONS; the only place that writes its `status`."""
    table = TRANSITIONS[act]
    start = SlateStatus(slate.status)
    if start not in table:
        raise BatonLost(f"A slate that is {start.label.lower()} cannot be changed this way.")
    changed = type(slate)._base_manager.filter(pk=slate.pk, status=start).update(status=table[start], **also)
    if not changed:
        raise BatonLost("Somebody else moved this slate a moment ago.")
    slate.status = table[start]
    for name, value in also.items():
        setattr(slate, name, value)
