"""Is history whole? Digests, links and heads are computed again and compared."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from .actions import next_hash
from .models import Entry, Seal

LONGEST_UNSEALED = timedelta(hours=1)
_HEAD = re.compile(r"^(\S+) (\d+) ([0-9a-f]{64})$")


def heads_file() -> Path:
    """Where the heads of the chain are kept outside of the database."""
    return settings.VAR_DIR / "history_heads.log"


def keep_head(seal: Seal) -> None:
    """Append a head to the file: one line with moment, number and hash."""
    with heads_file().open("a", encoding="utf-8") as file:
        file.write(f"{seal.sealed_at.isoformat()} {seal.number} {seal.hash}\n")


def set_heads_aside() -> None:
    """History begins anew here (a new start of the demo, a restore): keep the old heads apart."""
    if heads_file().exists():
        heads_file().rename(heads_file().with_suffix(f".{timezone.now():%Y%m%d%H%M%S%f}.log"))


def faults() -> Iterator[str]:
    """Sentences that name what was removed or altered; none when history is whole."""
    yield from altered_entries()
    yield from broken_links()
    yield from left_unsealed()
    if heads_file().exists():
        yield from lost_heads(heads_file().read_text(encoding="utf-8").splitlines())
    elif Seal.objects.exists():
        yield f"The file of heads ({heads_file().name}) is gone, so a rewritten history would not show."


def altered_entries() -> Iterator[str]:
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.digest != entry.digest_of_content():
            yield f"Entry {entry.pk} ({entry.verb}, {entry.at:%Y-%m-%d}) was altered."


def broken_links() -> Iterator[str]:
    number, previous = 0, ""
    digest_of = Subquery(Entry.objects.filter(pk=OuterRef("entry_id")).values("digest")[:1])
    rows = Seal.objects.order_by("number").annotate(digest=digest_of)
    for seal in rows.iterator(chunk_size=2000):
        if seal.number != number + 1:
            yield f"Seals {number + 1} to {seal.number - 1} were removed."
        elif seal.digest is None:
            yield f"Entry {seal.entry_id} of seal {seal.number} was removed."
        elif next_hash(previous, seal.digest) != seal.hash:
            yield f"Seal {seal.number} does not fit entry {seal.entry_id} and the seal before it."
        number, previous = seal.number, seal.hash


def left_unsealed() -> Iterator[str]:
    """The sealer runs every minute, so an old entry without a seal came around it."""
    long_ago = timezone.now() - LONGEST_UNSEALED
    sealed_until = Seal.objects.filter(sealed_at__lt=long_ago).aggregate(Max("entry_id"))["entry_id__max"]
    old = Q(pk__lt=sealed_until or 0)
    if not settings.DEMO:  # the demo's clock tells nothing of real time
        old |= Q(is_imported=False, at__lt=long_ago)
    for entry in Entry.objects.filter(old, seal=None).order_by("pk")[:20]:
        yield f"Entry {entry.pk} ({entry.verb}, {entry.at:%Y-%m-%d}) has had no seal for over an hour."


def lost_heads(lines: Iterable[str]) -> Iterator[str]:
    """Compare the heads kept outside with the chain."""
    read = [(number, _HEAD.match(line.strip())) for number, line in enumerate(lines, 1) if line.strip()]
    yield from (f"Line {number} of the file of heads cannot be read." for number, match in read if not match)
    kept = [match.groups() for _, match in read if match]
    chain = dict(Seal.objects.filter(number__in=[int(n) for _, n, _ in kept]).values_list("number", "hash"))
    for moment, number, head in kept:
        if int(number) not in chain:
            yield f"The head of {moment} (seal {number}) is missing: the end of history was removed."
        elif chain[int(number)] != head:
            yield f"The head of {moment} (seal {number}) is another one: history was written anew."
