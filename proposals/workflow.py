"""The status of a proposal: one table of who may pass it on to whom, and one writer, `advance`.

Status is the baton: each status names the floor that holds the proposal (design.md, section 3).
"""

from collections.abc import Mapping
from typing import Any

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    IN_REVISION = "in_revision", "In revision"
    VETTED = "vetted", "Vetted"
    HELD = "held", "Held for decision"
    FUNDED = "funded", "Funded"
    DEFERRED = "deferred", "Deferred"
    NOT_FUNDED = "not_funded", "Not funded"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGED = "merged", "Merged"


TRANSITIONS: dict[str, dict[Status, Status]] = {
    "submit": {Status.DRAFT: Status.SUBMITTED},
    "withdraw": {
        Status.DRAFT: Status.WITHDRAWN,
        Status.SUBMITTED: Status.WITHDRAWN,
        Status.IN_REVISION: Status.WITHDRAWN,
        Status.VETTED: Status.WITHDRAWN,
    },
    "merge": {Status.DRAFT: Status.MERGED},
    "return": {Status.SUBMITTED: Status.IN_REVISION},
    "resubmit": {Status.IN_REVISION: Status.SUBMITTED},
    "clear": {Status.SUBMITTED: Status.VETTED},
    "send back": {Status.VETTED: Status.SUBMITTED},
    "hold": {Status.VETTED: Status.HELD},
    "unhold": {Status.HELD: Status.VETTED},
    "fund": {Status.HELD: Status.FUNDED},
    "defer": {Status.HELD: Status.DEFERRED},
    "turn down": {Status.HELD: Status.NOT_FUNDED},
}

EDITABLE = (Status.DRAFT, Status.IN_REVISION)
UNDER_REVIEW = (Status.SUBMITTED, Status.IN_REVISION)
# Public inside the district: everybody may read the last frozen version.
CIRCULATED = (
    Status.SUBMITTED, Status.IN_REVISION, Status.VETTED, Status.HELD, Status.FUNDED,
    Status.DEFERRED, Status.NOT_FUNDED,
)  # fmt: skip
ON_THE_TABLE = (Status.VETTED, Status.HELD)
DECIDED = (Status.FUNDED, Status.DEFERRED, Status.NOT_FUNDED)
ENDED = (Status.WITHDRAWN, Status.MERGED)


class BatonLost(Exception):
    """Somebody else moved the proposal first, or it was never ours to move."""


def advance(proposal: Any, act: str, **also: Any) -> None:
    """Move a proposal by one row of TRANSITIONS; the only place that writes `status`.

    One conditional update: zero rows changed means that somebody else had the baton.
    `also` are columns that the constraints want changed together with the status.
    """
    table = TRANSITIONS[act]
    start = Status(proposal.status)
    if start not in table:
        raise BatonLost(f"{start.label} proposals cannot {act}.")
    changed = (
        type(proposal)._base_manager.filter(pk=proposal.pk, status=start).update(status=table[start], **also)
    )
    if not changed:
        raise BatonLost("Somebody else moved this proposal a moment ago.")
    proposal.status = table[start]
    for name, value in also.items():
        setattr(proposal, name, value)


def advance_each(proposals: models.QuerySet[Any], act_of: Mapping[int, str], start: Status) -> int:
    """Move those that stand at `start` by the act that each key names, all in one update.

    Returns how many stand there: more than there are acts means that one was left where it is.
    """
    ends: dict[Status, list[int]] = {}
    for key, act in act_of.items():
        ends.setdefault(TRANSITIONS[act][start], []).append(key)
    moves = [models.When(pk__in=keys, then=models.Value(end)) for end, keys in ends.items()]
    return proposals.filter(status=start).update(status=models.Case(*moves, default=models.F("status")))


def can_do(status: str, act: str) -> bool:
    """Does the table hold this act out of this status?"""
    return Status(status) in TRANSITIONS[act]


def advance_all(proposals: models.QuerySet[Any], act: str) -> int:
    """Move every one of these proposals that stands at the start of `act`; returns how many."""
    moved = 0
    for start, end in TRANSITIONS[act].items():
        moved += proposals.filter(status=start).update(status=end)
    return moved
