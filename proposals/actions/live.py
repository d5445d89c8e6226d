"""Writing together: updates from several editors at once, merged into what stands."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from activity.actions import record
from people.models import User

from ..document.merging import Malformed, check
from ..models import LARGEST_UPDATE, Proposal, Section, SectionUpdate
from ..rules.text import closed_text, text_for
from .kept import keep_text
from .text import Text, TooLong, Update

# A pause longer than this ends a sitting; the next words begin another one in history.
SITTING = timedelta(minutes=30)
UNREADABLE = "This change could not be read, so it was not saved. Copy your words, then reload the page."
TOO_LARGE = "This is too much at once. Paste it in parts, or attach it as a file."


class Received(NamedTuple):
    """What became of the updates of one editor; what is accepted is safe with us, merged or kept."""

    proposal: Proposal
    accepted: Sequence[str] = ()
    refused: Mapping[str, str] = MappingProxyType({})
    kept: Sequence[int] = ()
    closed: str = ""

    def answer(self) -> dict[str, Any]:
        return {
            "accepted": list(self.accepted),
            "refused": [{"key": key, "why": why} for key, why in self.refused.items()],
            "kept": list(self.kept),
            "closed": self.closed,
        }


@transaction.atomic
def merge_updates(*, pk: int, updates: Sequence[Update], by: User) -> Received:
    """Merge what an editor wrote; what arrives after the text was closed is kept for its author.

    Its door is opened under the lock, for rights and status as they stand then: 404 for others' drafts.
    """
    Proposal.objects.select_for_update().filter(pk=pk).values_list("pk").first()
    proposal = text_for(by, pk)
    closed = closed_text(proposal)
    known, sits = _known(proposal, updates, by)
    refused = {update.key: why for update in updates if (why := _fault(update))}
    new = {u.key: u for u in updates if u.key not in known and u.key not in refused}
    if closed:
        kept = keep_text(proposal=proposal, updates=list(new.values()), by=by)
        return Received(proposal, [u.key for u in updates if u.key not in refused], refused, kept, closed)
    text = Text(proposal, {update.kind for update in new.values()})
    for _, group in groupby(sorted(new.values(), key=lambda u: u.kind), lambda u: u.kind):
        refused |= _add(text, list(group), by)
    text.write(by)
    if text.changed and not sits:
        names = ", ".join(f"“{Section.Kind(kind).label}”" for kind in sorted(text.changed))
        record("edit sections", proposal, f"wrote in {names}", by=by)
    return Received(proposal, [u.key for u in updates if u.key not in refused], refused)


def _fault(update: Update) -> str:
    """Why the update cannot be merged; '' if it can. One that is bad does not spoil the others."""
    if len(update.data) > LARGEST_UPDATE:
        return TOO_LARGE
    try:
        check(update.data)
    except Malformed:
        return UNREADABLE
    return ""


def _add(text: Text, updates: list[Update], by: User) -> dict[str, str]:
    """Merge them together, or one by one when one of them spoils the others."""
    try:
        text.add(updates, by)
    except (Malformed, TooLong) as wrong:
        if len(updates) == 1:
            return {updates[0].key: str(wrong) or UNREADABLE}
        return {key: why for update in updates for key, why in _add(text, [update], by).items()}
    return {}


def _known(proposal: Proposal, updates: Sequence[Update], by: User) -> tuple[set[str], bool]:
    """Keys that we have already; and has this person written a moment ago, so that history tells of it?"""
    mine = SectionUpdate.objects.filter(proposal=proposal, written_by=by).order_by("-number")[:1]
    wanted = Q(key__in=[update.key for update in updates]) | Q(pk__in=mine.values("pk"))
    rows = list(proposal.updates.filter(wanted).values_list("key", "written_by", "written_at"))
    recent = timezone.now() - SITTING
    return {key for key, _, _ in rows}, any(who == by.pk and at > recent for _, who, at in rows)
