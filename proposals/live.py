"""What people who write together tell each other: news of the text, and who is here."""

import base64
import time
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import BigIntegerField, TextField, Value
from django.utils.crypto import salted_hmac

from people.models import User

from .document import SEED_CLIENT
from .document.merging import merged, missing_in
from .document.writing import seed
from .models import Proposal, SectionUpdate

# Seconds of real time.
HERE_FOR, TOGETHER, ALONE, RESTING = 15, 1, 4, 15
HUES = 6
MOST_IN_TEN_SECONDS = 100
MOST_PAGES = 3  # of one person, in which others see them


class Row(NamedTuple):
    """A row of the text, or a section with the state of its older rows; `text` is the section's."""

    number: int
    kind: str
    client: int
    data: bytes
    text: str


def news_of(
    proposal: Proposal, since: int, own: Collection[str] = (), seen: Collection[SectionUpdate] = ()
) -> dict[str, Any]:
    """Rows after `since` but those just sent; the merged state where rows may be gone. One query.

    None where `seen`, rows that were read or written a moment ago, holds all of them: numbers have no
    gaps, so as many rows as numbers are all.
    """
    newer = [row for row in seen if row.number > since]
    if since > 0 and len(newer) == proposal.text_number - since:
        rows = [Row(r.number, r.kind, r.client, bytes(r.data), "") for r in newer if r.key not in own]
    else:
        rows = _rows(proposal, since, own if since else ())
    return {
        "number": max([proposal.text_number, *(row.number for row in rows)]),
        "rows": [
            {"number": row.number, "kind": row.kind, "client": row.client, "data": coded(row.data)}
            for row in rows
        ],
    }


def _rows(proposal: Proposal, since: int, own: Collection[str] = ()) -> list[Row]:
    """In one query, so that no row goes from the one into the other in between.

    To who knows nothing yet, text without a document is its first update.
    """
    columns = ("number", "kind", "client", "data", "written")
    rows = proposal.updates.filter(number__gt=since).exclude(key__in=own).order_by()
    sections = proposal.sections.order_by()
    sections = sections.filter(removed_number__gt=since) if since else sections
    states = sections.annotate(client=Value(0, BigIntegerField()))
    states = states.values_list("state_number", "kind", "client", "state", "text")
    empty = Value("", TextField())
    found = rows.annotate(written=empty).values_list(*columns).union(states, all=True)
    got = sorted(Row(n, kind, client, bytes(data), text) for n, kind, client, data, text in found)
    begun = {row.kind for row in got if row.data}
    held = {row.kind: row.number for row in got if row.client == 0}
    first = [
        row._replace(client=SEED_CLIENT, data=seed(row.text))
        for row in got
        if not since and row.text and row.kind not in begun
    ]
    news = [row for row in got if row.client == 0 or row.number > held.get(row.kind, 0)]
    return [*first, *(row for row in news if row.data)]


def missing_of(proposal: Proposal, vectors: Mapping[str, bytes]) -> dict[str, Any]:
    """For somebody who was long away: what each section lacks, and how far we are. Raises Malformed."""
    sections: dict[str, list[bytes]] = {}
    rows = _rows(proposal, 0)
    for row in rows:
        sections.setdefault(row.kind, []).append(row.data)
    number = max([proposal.text_number, *(row.number for row in rows)])
    answer: dict[str, Any] = {"number": number, "rows": [], "vectors": {}}
    for kind, updates in sections.items():
        found = merged(b"", updates)
        data = coded(missing_in(found, vectors.get(kind, b"\x00")))
        answer["rows"].append({"number": number, "kind": kind, "client": 0, "data": data})
        answer["vectors"][kind] = coded(found.doc.get_state())
    return answer


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def silence(since: int) -> dict[str, Any]:
    """The answer to who may send but reads nothing."""
    return {"number": since, "rows": [], "people": [], "wait": RESTING}


# --- Who is here ------------------------------------------------------------------------------------


def meet(pk: int, user: User, here: Mapping[str, Any] | None) -> list[dict]:
    """Note where this person is, or that they left, and who else was here just now; in the cache.

    Others are not told as which client somebody writes, so that nobody writes as them.
    """
    place, now = f"here:{pk}", time.time()
    known: dict = cache.get(place) or {}
    people = {key: row for key, row in known.items() if row["until"] > now}
    me = (user.pk, here["client"]) if here is not None else None
    if here is not None:
        if here.get("gone"):
            people.pop(me, None)
        else:
            row = _person(user, people.pop(me, None), people)
            people[me] = row | {"kind": here["kind"], "caret": here["caret"], "until": now + HERE_FOR}
        for pages in list(people)[:-MOST_PAGES] if len(people) > MOST_PAGES else ():
            if pages[0] == user.pk and sum(key[0] == user.pk for key in people) > MOST_PAGES:
                del people[pages]
        cache.set(place, people, HERE_FOR)
    return [
        {"client": _mark(key)} | {name: value for name, value in row.items() if name != "until"}
        for key, row in people.items()
        if key != me
    ]


def _mark(key: tuple[int, int]) -> int:
    """A number for the page of a person, which tells nothing else."""
    return int.from_bytes(salted_hmac("page of a person", repr(key)).digest()[:6], "big")


def _person(user: User, known: dict | None, people: Mapping) -> dict:
    """Name, unit and a hue that nobody else has, as long as there are hues."""
    if known:
        return known
    taken = {row["hue"] for row in people.values()}
    hue = next((n for n in range(HUES) if n not in taken), len(people) % HUES)
    return {"name": str(user), "unit": str(user.unit or ""), "hue": hue}


def too_often(pk: int, user: User) -> bool:
    """More than a page that a person writes in would ask."""
    place = f"asked:{pk}:{user.pk}:{int(time.time()) // 10}"
    cache.add(place, 0, 20)
    try:
        return cache.incr(place) > MOST_IN_TEN_SECONDS
    except ValueError:  # it expired in between
        return False


def wait_of(people: Collection, closed: str, here: Mapping[str, Any] | None) -> int:
    if closed or (here is not None and not here["kind"]):
        return RESTING
    return TOGETHER if people else ALONE
