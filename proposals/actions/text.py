"""The text of a proposal, under the lock of its row: what is there, what is added, what it says then."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import NamedTuple
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from activity import clock
from activity.refused import Refused
from people.models import User

from ..document import SEED_CLIENT
from ..document.checking import Malformed
from ..document.merging import Merged, merged, state_of, vector_of
from ..document.reading import Node, Run, Shown, loose_words, shown, tree_of
from ..document.writing import extended, rewritten, seed
from ..models import LARGEST_UPDATE, Proposal, Section, SectionUpdate
from .meanwhile import Act

# So many rows are merged anew for each update, then the section keeps their state.
ROWS_BEFORE_STATE = 40
WORDS = ["text", "html", "edited_at", "edited_by"]
STATE = ["state", "state_number"]
LONGEST_TEXT = 60_000
LARGEST_STATE = 4 * 1024 * 1024
# Bytes of updates that may wait for others: no hidden text grows until it comes in all at once.
LARGEST_WAITING = 4 * 1024
UNREADABLE = "This change could not be read, so it was not saved. Copy your words, then reload the page."


class Update(NamedTuple):
    """What an editor changed in one section."""

    kind: str
    key: str
    client: int
    data: bytes
    builds_on: Mapping[int, int] = MappingProxyType({})  # how far, of other editors


class TooLong(Refused):
    """A section would grow beyond what a proposal can hold."""

    def __init__(self) -> None:
        super().__init__("This section would become too long. Shorten it, or attach the long part as a file.")


def state_that_says(found: Merged, says: Shown) -> bytes:
    """The document as one update; b"" where that would not say the same again, so that its rows stay.

    A damaged update can make a document whose bytes read otherwise (9 of 18,000 in a fuzz).
    """
    state = state_of(found)
    return state if shown(merged(state).doc) == says else b""


def refuse_too_long(text: str, html: str, size: int) -> None:
    """Raises TooLong; `size` is that of the document in bytes."""
    if len(text) > LONGEST_TEXT or len(html) > 4 * LONGEST_TEXT or size > LARGEST_STATE:
        raise TooLong


class Early(Refused):
    """An update builds on words that are not here."""

    def __init__(self) -> None:
        super().__init__("This builds on words that are not here. Copy yours, then reload the page.")


def _is_early(updates: Iterable[Update], found: Merged) -> bool:
    """Does one of them build on words of others that are not here? Then those would meet it as they come."""
    known = vector_of(found.doc)
    return any(known.get(client, 0) < clock for u in updates for client, clock in u.builds_on.items())


class Text:
    """Sections of a proposal that is locked; `write` puts down what was added.

    `stored` holds their rows that no state holds yet, and those with one of the `keys`, in their order.
    """

    def __init__(self, proposal: Proposal, kinds: Iterable[str], keys: Collection[str] = ()) -> None:
        self.proposal, self.number = proposal, proposal.text_number
        self.sections: dict[str, Section] = {}
        self.stored: list[SectionUpdate] = []
        self.rows: dict[str, list[bytes]] = defaultdict(list)
        self.added: list[SectionUpdate] = []
        self.changed: set[str] = set()
        self.columns = WORDS
        _read([self], set(kinds), keys)

    @classmethod
    def of_both(cls, first: Proposal, second: Proposal, kinds: Iterable[str]) -> "tuple[Text, Text]":
        """Of two proposals that are locked, read together."""
        texts = cls(first, ()), cls(second, ())
        _read(texts, set(kinds))
        return texts

    def written_by(self, kinds: Collection[str]) -> list[Act]:
        """Who wrote last in these sections."""
        written = [self.sections[kind] for kind in kinds if kind in self.sections]
        return [Act(row.edited_by.name, row.edited_at) for row in written if row.edited_by and row.edited_at]

    def merged_to(self, kind: str) -> int:
        """The number of the last row that its state holds."""
        return self.sections[kind].state_number if kind in self.sections else 0

    def says(self, kind: str) -> str:
        """The plain text as it stands."""
        return self.sections[kind].text if kind in self.sections else ""

    def document(self, kind: str, client: int | None = None) -> Merged:
        """The document of a section; text that was there before it is its first update."""
        return merged(self._state(kind), self._rows(kind), client=client)

    def _state(self, kind: str) -> bytes:
        return bytes(self.sections[kind].state) if kind in self.sections else b""

    def _rows(self, kind: str) -> list[bytes]:
        section, rows = self.sections.get(kind), self.rows[kind]
        if section and section.text and not section.state and not rows:
            first = Update(kind, f"seed-{kind}", SEED_CLIENT, seed(section.text))
            self._append(first, section.edited_by_id)
        return rows

    def add(self, updates: list[Update], by: User) -> None:
        """Merge updates of one section into it. Raises Malformed or Refused, and adds none of them."""
        kind = updates[0].kind
        rows = [*self._rows(kind), *(update.data for update in updates)]
        section = self.sections.get(kind) or Section(proposal=self.proposal, kind=kind)
        found = merged(bytes(section.state), rows)
        if loose_words(found.doc):
            raise Malformed  # no editor writes outside of a block, and none can show it
        says = shown(found.doc)
        refuse_too_long(says.text, says.html, len(section.state) + sum(map(len, rows)))
        if sum(map(len, found.waiting)) > LARGEST_WAITING or _is_early(updates, found):
            raise Early
        for update in updates:
            self._append(update, by.pk)
        section.text, section.html = says.text, says.html
        section.edited_at, section.edited_by = clock.now(), by
        self.sections[kind] = section
        self.changed.add(kind)
        if len(rows) > ROWS_BEFORE_STATE and (state := state_that_says(found, says)):
            section.state, section.state_number = state, self.number
            self.columns = [*WORDS, *STATE]

    def rewrite(self, kind: str, text: str, by: User) -> None:
        """Make a section say `text`, by an update that changes only what differs."""
        client = secrets.randbelow(2**31) + 2
        data = rewritten(self.document(kind, client), text)
        self.add([Update(kind, uuid4().hex, client, data)], by)

    def blocks(self, kind: str) -> list[Node | Run]:
        """What stands in a section, to be put behind another."""
        return tree_of(self.document(kind).doc)

    def extend(self, kind: str, blocks: Iterable[Node | Run], by: User) -> None:
        """Put blocks behind those of a section, with their lists, tables and links."""
        client = secrets.randbelow(2**31) + 2
        updates = extended(self.document(kind, client), blocks, LARGEST_UPDATE)
        self.add([Update(kind, uuid4().hex, client, data) for data in updates], by)

    def _append(self, update: Update, person_id: int | None) -> None:
        self.number += 1
        self.rows[update.kind].append(update.data)
        self.added.append(
            SectionUpdate(
                proposal=self.proposal, kind=update.kind, number=self.number, key=update.key,
                client=update.client, data=update.data, written_at=timezone.now(), written_by_id=person_id,
            )
        )  # fmt: skip

    def write(self, by: User) -> None:
        """Put down rows and sections, and note on the proposal who wrote last."""
        if not self.changed:
            return
        SectionUpdate.objects.bulk_create(self.added)
        changed = [self.sections[kind] for kind in self.changed]
        old = [section for section in changed if section.pk]
        if len(old) == 1:  # while one types; it costs a sixth of the other
            old[0].save(update_fields=self.columns)
        else:
            Section.objects.bulk_update(old, self.columns)
        Section.objects.bulk_create(section for section in changed if not section.pk)
        self.proposal.text_number = self.number
        Proposal.objects.filter(pk=self.proposal.pk).update(
            text_number=self.number, edited_at=clock.now(), edited_by=by
        )


def _read(texts: Sequence[Text], kinds: Collection[str], keys: Collection[str] = ()) -> None:
    """Their sections of these kinds and the rows that no state holds yet, in two queries."""
    if not kinds:
        return
    of = {text.proposal.pk: text for text in texts}
    for section in Section.objects.filter(proposal__in=of, kind__in=kinds):
        of[section.proposal_id].sections[section.kind] = section
    wanted = Q(proposal__in=of, key__in=keys) if keys else Q()
    for pk, text in of.items():
        newer = (Q(kind=kind, number__gt=text.merged_to(kind)) for kind in kinds)
        wanted |= Q(reduce(or_, newer), proposal=pk)
    for row in SectionUpdate.objects.filter(wanted).order_by("number"):
        text = of[row.proposal_id]
        text.stored.append(row)
        if row.kind in kinds and row.number > text.merged_to(row.kind):
            text.rows[row.kind].append(bytes(row.data))
