"""Writing history: `record` one act, `seal` the chain."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from . import clock
from .models import Entry, Heartbeat, Once, Seal

_gathered: ContextVar[list[Entry] | None] = ContextVar("gathered", default=None)


def record(
    verb: str,
    subject: models.Model,
    sentence: str,
    *,
    by=None,
    at=None,
    integrity: bool = False,
    private: bool = False,
    imported: bool = False,
    **details,
) -> Entry:
    """Write the Entry of an act, in the transaction of the act. The last line of every verb.

    `sentence` goes without the person's name in front: "endorsed ask A-12 of Transportation".
    """
    entry = entry_for(
        verb, subject, sentence, by=by, at=at, integrity=integrity, private=private,
        imported=imported, **details,
    )  # fmt: skip
    record_all([entry])
    return entry


def record_all(entries: Iterable[Entry]) -> None:
    """Write the Entries of an act that concerns several things, in one go."""
    gathered = _gathered.get()
    if gathered is None:
        Entry.objects.bulk_create(entries)
    else:
        gathered.extend(entries)


@contextmanager
def recorded_together() -> Iterator[None]:
    """Around verbs that make up one act: their Entries are written in one go when all are done."""
    entries: list[Entry] = []
    before = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(before)
    record_all(entries)


def entry_for(
    verb, subject, sentence, *, by=None, at=None, integrity=False, private=False,
    imported=False, **details,
) -> Entry:  # fmt: skip
    """An unsaved, signed Entry; importers write many of them at once."""
    return Entry(
        at=at or clock.now(),
        person_key=str(by.pk) if by else "",
        person_name=str(by) if by else "",
        verb=verb,
        subject_kind=subject._meta.label,
        subject_key=str(subject.pk),
        subject_label=str(subject)[:200],
        sentence=sentence,
        details=details,
        is_integrity=integrity,
        is_private=private,
        is_imported=imported,
    ).signed()


def next_hash(previous: str, digest: str) -> str:
    """Hash of a link: SHA-256 over the previous hash and the digest of the entry."""
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def seal_new_entries(limit: int = 5000) -> Seal | None:
    """Chain the entries that have no seal yet; returns the new head, or None if there was nothing.

    Two sealers at once collide on the unique number; the later one leaves the work to the first.
    """
    head = Seal.objects.order_by("-number").first()
    waiting = Entry.objects.filter(seal=None).order_by("pk").only("pk", "digest")[:limit]
    number, previous = (head.number, head.hash) if head else (0, "")
    seals = []
    for entry in waiting:
        number, previous = number + 1, next_hash(previous, entry.digest)
        seals.append(Seal(entry=entry, number=number, hash=previous, sealed_at=timezone.now()))
    try:
        with transaction.atomic():
            Seal.objects.bulk_create(seals, batch_size=500)
    except IntegrityError:
        return None
    return seals[-1] if seals else None


def beat(name: str) -> None:
    """Say that a background part is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def forget_old_forms(days: int = 7) -> int:
    """Keys of forms sent long ago: no browser sends them again."""
    return Once.objects.filter(used_at__lt=timezone.now() - timedelta(days=days)).delete()[0]
