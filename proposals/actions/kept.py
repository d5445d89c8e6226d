"""Words that arrived after the text was closed: kept for their author, who offers or discards them."""

from collections.abc import Sequence
from itertools import groupby

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow
from people.models import User
from people.rules import unit_voiced_by

from .. import rules
from ..arithmetic.passages import changes
from ..document.checking import Malformed
from ..document.merging import everything, merged
from ..document.reading import shown, words_added
from ..models import Comment, KeptText, Suggestion
from ..rules.text import why_not_offered
from .baton import locked, locked_with_sponsors
from .remarks import text_of
from .text import UNREADABLE, Text, TooLong, Update, refuse_too_long


@transaction.atomic
def keep_text(
    *, text: Text, updates: Sequence[Update], by: User, alone: bool = False
) -> tuple[list[int], dict[str, str]]:
    """Keep what updates, sorted by section, say beside the text of a locked proposal, one for each section.

    `alone` keeps the words of the updates without the section, for who may not read it any more.
    Returns the keys of the texts that wait for this person, and why which updates are not kept.
    """
    proposal = text.proposal
    rows = list(proposal.kept_texts.filter(kept_by=by))
    known = {key for row in rows for key in row.keys}
    new = [update for update in updates if update.key not in known]
    waiting = {row.kind: row for row in rows if row.settled_at is None}
    refused: dict[str, str] = {}
    for kind, group in groupby(new, lambda u: u.kind):
        row = waiting.get(kind) or KeptText(proposal=proposal, kind=kind, kept_by=by, kept_at=clock.now())
        late = list(group)
        try:
            _put(row, late, text, alone)
            waiting[kind] = row
        except (Malformed, TooLong) as wrong:
            refused |= {update.key: str(wrong) or UNREADABLE for update in late}
    if len(refused) < len(new):
        record("keep text", proposal, "wrote after the text was closed; it was kept", by=by, private=True)
    return sorted(row.pk for row in waiting.values()), refused


def _put(row: KeptText, updates: list[Update], text: Text, alone: bool) -> None:
    late = [update.data for update in updates]
    stands = text.document(row.kind)
    said = merged(stands.doc.get_update(), [*stands.waiting, bytes(row.data)])
    words = words_added(said.doc, late)
    row.data = everything(late[0], [*([bytes(row.data)] if row.data else []), *late[1:]])
    row.keys = [*row.keys, *(update.key for update in updates)]
    if alone:
        row.html, row.text = "", "\n\n".join(filter(None, (row.text, words)))
    else:
        row.html, row.text = shown(said.doc)
    refuse_too_long(row.text, row.html, len(row.data))
    row.save()


@transaction.atomic
def offer_kept(*, kept: KeptText, by: User) -> list[Comment]:
    """The author suggests what was kept, paragraph by paragraph of the text that is read now.

    Raises Refused.
    """
    proposal = locked_with_sponsors(kept.proposal)
    kept = _waiting(kept, by)
    kept.proposal = proposal
    if why_not := why_not_offered(by, kept):
        raise Refused(why_not)
    version = rules.version_read_by(by, proposal)
    differ = [c for c in changes(text_of(proposal, kept.kind, version), kept.text) if c.wording]
    if not differ:
        raise Refused("Nothing that you added differs from the text as it stands. You can discard it.")
    common = {"version": version, "written_at": clock.now(), "written_by": by, "unit": unit_voiced_by(by)}
    said = Comment.objects.bulk_create(
        Comment(
            proposal=proposal, section=kept.kind, quote=change.quote, before=change.before,
            after=change.after, **common,
        )
        for change in differ
    )  # fmt: skip
    Suggestion.objects.bulk_create(
        Suggestion(comment=comment, wording=change.wording)
        for comment, change in zip(said, differ, strict=True)
    )
    _settle(kept)
    act = "suggest" if version else rules.among_sponsors("suggest")
    what = "wording" if len(said) == 1 else f"wording for {len(said)} passages"
    sentence = f"suggested {what} on “{kept.get_kind_display()}” of {proposal.code}, typed after the freeze"
    record(act, proposal, sentence, by=by)
    return said


@transaction.atomic
def discard_kept(*, kept: KeptText, by: User) -> KeptText:
    """The author needs it no more. Raises Refused."""
    locked(kept.proposal)
    kept = _settle(_waiting(kept, by))
    record("discard kept text", kept.proposal, "discarded words kept after the freeze", by=by, private=True)
    return kept


def _waiting(kept: KeptText, by: User) -> KeptText:
    """The text as it stands, its author's and not settled yet. Raises Refused."""
    kept = KeptText.objects.select_related("proposal").get(pk=kept.pk)
    allow(kept.kept_by_id == by.pk, "Only who wrote it can offer or discard it.")
    if kept.settled_at is not None:
        raise Refused("This was settled before.")
    return kept


def _settle(kept: KeptText) -> KeptText:
    kept.settled_at = clock.now()
    kept.save(update_fields=["settled_at"])
    return kept
