"""Writing together: updates from several editors at once, merged into what stands."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..document.checking import Malformed, check
from ..models import LARGEST_UPDATE, Proposal, Section, SectionUpdate, SectionWriter
from ..rules.text import closed_text, left_text_for, text_for
from .kept import keep_text
from .text import UNREADABLE, Text, Update

# A pause longer than this ends a sitting; the next words begin another one in history.
SITTING = timedelta(minutes=30)
NOT_YOURS = "This page writes under a number of somebody else. Copy your words, then reload the page."
LEFT = "Your unit does not sponsor this proposal any more."
TOO_LARGE = "This is too much at once. Paste it in parts, or attach it as a file."


class Received(NamedTuple):
    """What became of the updates of one editor; what is accepted is safe with us, merged or kept.

    `seen` are rows of the text that were read or written for it. Whoever `has_left` hears nothing of it.
    """

    proposal: Proposal
    accepted: Sequence[str] = ()
    refused: Mapping[str, str] = MappingProxyType({})
    kept: Sequence[int] = ()
    closed: str = ""
    seen: Sequence[SectionUpdate] = ()
    has_left: bool = False

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
    updates, refused = _checked(updates)  # before anybody has to wait
    Proposal.objects.select_for_update().filter(pk=pk).order_by().values_list("pk").first()
    try:
        proposal, has_left = text_for(by, pk), False
    except Http404:
        proposal, has_left = left_text_for(by, pk), True
    text = Text(proposal, {update.kind for update in updates}, {update.key for update in updates})
    others = _others(text, updates, by)
    refused |= {update.key: NOT_YOURS for update in updates if update.client in others}
    good = {update.key: update for update in updates if update.key not in refused}
    known = {row.key for row in text.stored}
    new = sorted((u for u in good.values() if u.key not in known), key=lambda u: u.kind)
    if closed := LEFT if has_left else closed_text(proposal):
        kept, wrong = keep_text(text=text, updates=new, by=by, alone=has_left)
        accepted = [key for key in good if key not in wrong]
        return Received(proposal, accepted, refused | wrong, kept, closed, has_left=has_left)
    for _, group in groupby(new, lambda u: u.kind):
        refused |= _add(text, list(group), by)
    begins = text.changed and not _sits(text, by)
    text.write(by)
    if begins:
        names = ", ".join(f"“{Section.Kind(kind).label}”" for kind in sorted(text.changed))
        record("edit sections", proposal, f"wrote in {names}", by=by)
    accepted = [key for key in good if key not in refused]
    return Received(proposal, accepted, refused, seen=[*text.stored, *text.added])


def _checked(updates: Sequence[Update]) -> tuple[list[Update], dict[str, str]]:
    """Those that can be merged, and why others cannot: one that is bad does not spoil the others."""
    good: list[Update] = []
    refused: dict[str, str] = {}
    for update in updates:
        if len(update.data) > LARGEST_UPDATE:
            refused[update.key] = TOO_LARGE
            continue
        try:
            good.append(update._replace(builds_on=check(update.data, update.client)))
        except Malformed:
            refused[update.key] = UNREADABLE
    return good, refused


def _add(text: Text, updates: list[Update], by: User) -> dict[str, str]:
    """Merge them together, or one by one when one of them spoils the others."""
    try:
        text.add(updates, by)
    except (Malformed, Refused) as wrong:
        if len(updates) == 1:
            return {updates[0].key: str(wrong) or UNREADABLE}
        return {key: why for update in updates for key, why in _add(text, [update], by).items()}
    return {}


def _others(text: Text, updates: Sequence[Update], by: User) -> set[int]:
    """Editors among these as whom somebody else has written: nobody takes the next words of another."""
    mine = {row.client for row in text.stored if row.written_by_id == by.pk}
    unknown = {update.client for update in updates} - mine
    if not unknown:
        return set()
    rows = text.proposal.updates.filter(client__in=unknown).exclude(written_by=by).order_by()
    merged = SectionWriter.objects.filter(section__proposal=text.proposal, client__in=unknown)
    merged = merged.exclude(person=by).order_by()
    return set(rows.values_list("client", flat=True).union(merged.values_list("client", flat=True)))


def _sits(text: Text, by: User) -> bool:
    """Has this person written there a moment ago, so that history tells of it?"""
    recent = timezone.now() - SITTING
    if any(row.written_by_id == by.pk and row.written_at > recent for row in text.stored):
        return True
    return text.proposal.updates.filter(written_by=by, written_at__gt=recent).order_by().exists()
