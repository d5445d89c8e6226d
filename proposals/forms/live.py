"""What the editor of the page sends and asks, read from JSON."""

import base64
import binascii
import json
from typing import Any

from ..actions.text import Update
from ..document.merging import BODY
from ..models import Section

LARGEST_REQUEST = 1024 * 1024
MOST_UPDATES = 500
LONGEST_KEY = 40
LARGEST_CLIENT = 2**53


class Unreadable(ValueError):
    """What was sent cannot be used; the sentence says why, and the status goes with it."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.why, self.status = why, status


def asked_in(request) -> dict[str, Any]:
    """`since` and `here` of a look at the news."""
    return _asked(request.GET.get("since", ""), _json(request.GET.get("here", "null")))


def sent_in(request) -> dict[str, Any]:
    """The same of a request that sends, with its updates."""
    sent = body_of(request)
    updates = sent.get("updates", [])
    if not isinstance(updates, list) or len(updates) > MOST_UPDATES:
        raise Unreadable("“updates” must be a list of at most 500 changes.")
    read = [_update(row) for row in updates]
    if len({update.key for update in read}) < len(read):
        raise Unreadable("Each change needs a key of its own.")
    return _asked(sent.get("since"), sent.get("here")) | {"updates": read}


def vectors_in(request) -> dict[str, bytes]:
    """How far the editor knows each section."""
    vectors = body_of(request).get("vectors")
    if not isinstance(vectors, dict) or not all(kind in Section.Kind.values for kind in vectors):
        raise Unreadable("“vectors” must name sections.")
    return {kind: _bytes(value) for kind, value in vectors.items()}


def body_of(request) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > LARGEST_REQUEST:
        raise Unreadable("This is more than can be sent at once. Send it in parts.", 413)
    sent = _json(request.body)
    if not isinstance(sent, dict):
        raise Unreadable("A JSON object is expected.")
    return sent


def _json(text: str | bytes) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("This is not JSON.") from wrong


def _no_constant(name: str) -> None:
    """NaN and its like are no JSON, though Python reads and writes them."""
    raise ValueError(name)


def _asked(since: Any, here: Any) -> dict[str, Any]:
    if isinstance(since, str) and since.isascii() and since.isdigit() and len(since) < 16:
        since = int(since)
    if not _is_whole(since):
        raise Unreadable("“since” must be a whole number.")
    return {"since": since, "here": _here(here)}


def _here(here: Any) -> dict[str, Any] | None:
    if here is None:
        return None
    if not isinstance(here, dict) or not _is_whole(here.get("client")):
        raise Unreadable("“here” must say kind and client.")
    kind, caret = here.get("kind") or "", here.get("caret")
    if kind not in ("", *Section.Kind.values):
        raise Unreadable("There is no such section.")
    caret = caret if _is_caret(caret) else None
    return {"kind": kind, "client": here["client"], "caret": caret, "gone": here.get("gone") is True}


def _is_caret(caret: Any) -> bool:
    """Two places in the text, as Yjs tells them: other editors would stumble over anything else."""
    if not isinstance(caret, dict) or set(caret) != {"anchor", "head"}:
        return False
    return all(map(_is_place, caret.values()))


def _is_place(place: Any) -> bool:
    if not isinstance(place, dict) or not set(place) <= {"type", "tname", "item", "assoc"}:
        return False
    beside = [place[name] for name in ("type", "item") if place.get(name) is not None]
    if not all(isinstance(at, dict) and set(at) == {"client", "clock"} for at in beside):
        return False
    numbers = [number for at in beside for number in at.values()]
    return (
        all(map(_is_whole, numbers))
        and place.get("tname") in (None, BODY)
        and place.get("assoc") in (None, 0, -1)
    )


def _update(row: Any) -> Update:
    if not isinstance(row, dict):
        raise Unreadable("A change must say kind, key, client and data.")
    key, client = row.get("key"), row.get("client")
    if row.get("kind") not in Section.Kind.values:
        raise Unreadable("There is no such section.")
    if not isinstance(key, str) or not 8 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Unreadable("“key” must be a text of 8 to 40 signs.")
    if not _is_whole(client) or client < 2:
        raise Unreadable("“client” must be the editor's number.")
    return Update(row["kind"], key, client, _bytes(row.get("data")))


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error) as wrong:
        raise Unreadable("“data” must be base64.") from wrong


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_CLIENT
