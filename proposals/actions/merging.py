"""Merging: a draft, or an intent, goes into another draft. One side proposes, the other one accepts."""

from django.db import transaction
from django.db.models import Max, prefetch_related_objects

from activity import clock
from activity.actions import record, recorded_together
from activity.refused import Refused, allow, refuse_if
from people.models import Unit, User

from .. import rules
from ..document.reading import Node, Run
from ..document.writing import blocks_of, heading
from ..models import Intent, Merger, Proposal, ProposalVersion, Section
from ..models.content import content_of, substance_rows
from ..rules import partners
from .asks import send_again
from .attachments import copy_attachments
from .baton import freeze_version, locked_pair, locked_with_sponsors, pass_on, version_of, with_sponsors_anew
from .drafting import touch
from .intents import close
from .joining import bring_partners, held_open, sponsors_by_unit
from .text import Text
from .uniting import (
    append_texts,
    as_text,
    bring_offers,
    move_rows,
    unite_lists,
    unite_sponsors,
    united_columns,
    united_texts,
    withdraw_pointless,
)

BY_SPONSORS = "Only people of the sponsoring units can propose to merge this draft."


@transaction.atomic
def propose_merger(*, kept: Proposal, merged: Proposal, mine: Proposal, reason: str, by: User) -> Merger:
    """Propose for `mine`, one of the two, that they become one; the other's lead answers. Raises Refused."""
    kept, merged = _both(kept, merged)
    mine, theirs = (kept, merged) if mine.pk == kept.pk else (merged, kept)
    allow(rules.can_edit(by, mine), BY_SPONSORS)
    refuse_if(partners.blockers_to_merge(kept, merged))
    if kept.season_id != merged.season_id:
        raise Refused("These drafts belong to two seasons. Carry the earlier one forward first.")
    merger = _propose(kept, reason, by, to=theirs.lead, merged=merged)
    record("propose merger", mine, f"proposed to merge {_pair(merger, mine)}", by=by, to=str(theirs.lead))
    return merger


@transaction.atomic
def propose_to_take_in(*, kept: Proposal, intent: Intent, reason: str, by: User) -> Merger:
    """Propose that an intent goes into the draft; the intent's unit answers. Raises Refused."""
    kept = locked_with_sponsors(kept)
    intent = held_open(intent)
    allow(rules.can_edit(by, kept), BY_SPONSORS)
    refuse_if(partners.blockers_to_merge(kept, None))
    if kept.season_id != intent.season_id:
        raise Refused("The intent belongs to another season.")
    merger = _propose(kept, reason, by, to=intent.unit, intent=intent)
    record("propose merger", kept, f"proposed to take the intent “{intent.title}” into {kept.code}", by=by)
    return merger


@transaction.atomic
def end_merger(*, merger: Merger, by: User) -> Merger:
    """Decline it for the unit that answers, or take it back as the side that proposed. Raises Refused."""
    merger = _open(merger)
    allow(partners.can_end_merger(by, merger), "Only the two sides can end a proposed merger.")
    merger.ended_at, merger.ended_by = clock.now(), by
    merger.save(update_fields=["ended_at", "ended_by"])
    words = "declined" if partners.can_answer_merger(by, merger) else "took back the proposal"
    mine = partners.proposers_of(merger)[0]
    record("end merger", mine, f"{words} to merge {_pair(merger, mine)}", by=by)
    return merger


@transaction.atomic
@recorded_together()
def accept_merger(*, merger: Merger, by: User) -> Proposal:
    """Merge: texts appended under a heading, lines, asks, demands and lists united, both sponsors kept.

    Both drafts are frozen as they were. Sign-ons fall by themselves, since the substance changes; asks
    that were sent are asked anew, since the sponsors change. Raises Refused.
    """
    merger = _open(merger)
    if not partners.is_asked_still(merger):
        raise Refused(f"{merger.to_unit} does not lead either draft any more. Propose it anew.")
    allow(
        partners.can_answer_merger(by, merger),
        f"Only the head or the deputy of {merger.to_unit} can agree to this merger.",
    )
    if merger.merged is not None:
        kept = _accept_draft(merger.kept, merger.merged, by)
    else:
        kept = _accept_intent(merger.kept, held_open(merger.intent), by)
    merger.accepted_at, merger.accepted_by = clock.now(), by
    merger.save(update_fields=["accepted_at", "accepted_by"])
    return kept


def _accept_draft(kept: Proposal, merged: Proposal, by: User) -> Proposal:
    refuse_if(partners.blockers_to_merge(kept, merged))
    prefetch_related_objects([kept, merged], *substance_rows())
    before, theirs = content_of(kept), content_of(merged)
    labels = f"Before {merged.code} came in", f"As it went into {kept.code}"
    rows = ProposalVersion.objects.filter(proposal__in=(kept, merged)).order_by()
    newest = dict(rows.values_list("proposal").annotate(Max("number")))
    ProposalVersion.objects.bulk_create(
        version_of(proposal, ProposalVersion.Kind.NAMED, by, label, content, newest.get(proposal.pk, 0))
        for proposal, content, label in zip((kept, merged), (before, theirs), labels, strict=True)
    )
    columns, details = united_columns(kept, merged)
    text, other = Text.of_both(kept, merged, Section.Kind.values)
    parts = united_texts(other, f"From {merged.code}, {merged.title}", details)
    unite_sponsors(kept, merged, by)
    withdrawn = move_rows(kept, merged, by)
    unite_lists(kept, merged)
    copy_attachments(merged, kept)
    kept = _write(text, parts, columns, by)
    pass_on(proposal=merged, act="merge", by=by, sentence=f"merged {merged.code} into {kept.code}")
    bring_offers(kept, merged, by)
    also = f"; {', '.join(withdrawn)} withdrawn, since who was asked sponsors it now" if withdrawn else ""
    record("merge", kept, f"merged {merged.code} into {kept.code}{also}", by=by, merged=merged.pk)
    return kept


def _accept_intent(kept: Proposal, intent: Intent, by: User) -> Proposal:
    refuse_if(partners.blockers_to_merge(kept, None))
    before = content_of(kept)
    freeze_version(
        proposal=kept, kind=ProposalVersion.Kind.NAMED, label="Before the intent came in", by=by,
        content=before,
    )  # fmt: skip
    summary = Section.Kind.SUMMARY.value
    parts = {summary: [heading(f"From the intent “{intent.title}”"), *blocks_of(as_text(intent))]}
    bring_partners(intent, kept, by, sponsors_by_unit(kept))
    withdraw_pointless(kept, by)
    kept.goals.add(*intent.goals.all())
    close(intent, f"It went into {kept.code}.", by)
    kept = _write(Text(kept, parts), parts, {}, by)
    record("merge", kept, f"took the intent “{intent.title}” into {kept.code}", by=by, intent=intent.pk)
    return kept


def _write(text: Text, parts: dict[str, list[Node | Run]], columns: dict, by: User) -> Proposal:
    """Texts and columns of the kept draft, and new terms for what was asked by fewer sponsors."""
    kept = with_sponsors_anew(text.proposal)
    append_texts(text, parts, by)
    if columns or not parts:  # else the text has noted who wrote last
        touch(kept, by, **columns)
    send_again(kept, by)
    return kept


def _propose(kept: Proposal, reason: str, by: User, *, to: Unit | None, **what) -> Merger:
    if not reason.strip():
        raise Refused("Say in a sentence why they belong together: the other side reads it.")
    if to is None:
        raise Refused("The other draft has no lead now. Please reload the page.")
    if Merger.objects.standing().filter(kept=kept, **what).exists():
        raise Refused("This is proposed already. Wait for the answer, or take it back.")
    return Merger.objects.create(
        kept=kept, to_unit=to, reason=reason.strip(), proposed_at=clock.now(), proposed_by=by, **what
    )


def _both(first: Proposal, second: Proposal) -> tuple[Proposal, Proposal]:
    if first.pk == second.pk:
        raise Refused("A draft cannot be merged with itself. Choose another one.")
    return locked_pair(first, second)


def _open(merger: Merger) -> Merger:
    """The merger under the locks of its drafts; refused when it was answered or taken back."""
    # What a merger is about never changes, so its drafts are held as they were named.
    if merger.merged is not None:
        kept, merged = _both(merger.kept, merger.merged)
    else:
        kept, merged = locked_with_sponsors(merger.kept), None
    rows = Merger.objects.select_for_update(of=("self",)).select_related("intent__unit", "to_unit")
    merger = rows.get(pk=merger.pk)
    merger.kept, merger.merged = kept, merged
    if merger.accepted_at is not None or merger.ended_at is not None:
        raise Refused("This was answered or taken back already. Please reload the page.")
    return merger


def _pair(merger: Merger, mine: Proposal) -> str:
    """What goes into what, as all sponsors of `mine` may read it: of the other draft its unit alone."""

    def name(draft: Proposal) -> str:
        return draft.code if draft.pk == mine.pk else f"a draft of {draft.lead}"

    other = name(merger.merged) if merger.merged else f"the intent “{merger.intent}”"
    return f"{other} into {name(merger.kept)}"
