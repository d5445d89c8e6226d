"""Yjs documents from stored updates, and back: what a section's state and its newer rows say together.

An update may arrive before another one that it builds on; then the document waits for it. Such updates
are kept as they came, since the bytes of a document leave out what waits (pycrdt 0.14).
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from .checking import Malformed

if TYPE_CHECKING:
    from pycrdt import Doc

BODY = "body"


class Merged(NamedTuple):
    """A document, and the updates of which something still waits for others."""

    doc: "Doc"
    waiting: list[bytes]


def merged(state: bytes, updates: Iterable[bytes] = (), client: int | None = None) -> Merged:
    """The document that the state and the newer updates make, in any order of the updates."""
    from pycrdt import Doc, XmlFragment

    doc: Doc = Doc(client_id=client)
    doc.get(BODY, type=XmlFragment)
    parts = [bytes(part) for part in (state, *updates) if part]
    apply(doc, *parts)
    vector = vector_of(doc)
    return Merged(doc, [part for part in parts if _waits(part, doc, vector)])


def state_of(found: Merged) -> bytes:
    """Everything that was merged, as one update; nothing that waits is left out."""
    return everything(found.doc.get_update(), found.waiting)


def missing_in(found: Merged, vector: bytes) -> bytes:
    """What somebody lacks whose document stands at this state vector. Raises Malformed."""
    try:
        news = found.doc.get_update(vector)
    except Exception as wrong:
        raise Malformed from wrong
    return everything(news, found.waiting)


def everything(update: bytes, others: list[bytes]) -> bytes:
    from pycrdt import merge_updates

    return bytes(merge_updates(update, *others)) if others else update


def apply(doc: "Doc", *updates: bytes) -> None:
    """Merge updates into it, in one transaction. Raises Malformed, also for what shows as it is committed."""
    try:
        with doc.transaction():
            for update in updates:
                doc.apply_update(update)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as wrong:  # a panic of the Rust code is no Exception
        raise Malformed from wrong


def vector_of(doc: "Doc") -> dict[int, int]:
    """How far the document knows each editor."""
    numbers = _numbers(doc.get_state())
    return {next(numbers): next(numbers) for _ in range(next(numbers))}


def _waits(update: bytes, doc: "Doc", vector: dict[int, int]) -> bool:
    """Does the update hold something that the document cannot place yet?"""
    from pycrdt import get_update

    rest = bytes(get_update(update, doc.get_state()))
    if rest[0]:  # words of its own
        return True
    numbers = _numbers(rest[1:])  # what it removes
    for _ in range(next(numbers)):
        client = next(numbers)
        for _ in range(next(numbers)):
            if next(numbers) + next(numbers) > vector.get(client, 0):
                return True
    return False


def _numbers(data: bytes) -> Iterator[int]:
    """The numbers of variable length of which Yjs makes vectors and lists of what was removed."""
    value, shift = 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value, shift = 0, 0
