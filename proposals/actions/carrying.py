"""What goes along when a draft goes into another one: sizes, milestones and open talk. Parts of `merging`."""

from collections.abc import Sequence

from activity.refused import Refused
from funds.arithmetic import MOST_CENTS

from ..models import Comment, Mention, Outcome, Proposal, ProposalMilestone, Scale, Suggestion


def unite_sizes(kept: Proposal, merged: Proposal) -> None:
    """Amounts of the same size add up, its words stand one below the other; what one draft described
    alone says so."""
    both = list(Scale.objects.filter(proposal__in=[kept, merged]))
    mine = {scale.kind: scale for scale in both if scale.proposal_id == kept.pk}
    theirs = {scale.kind: scale for scale in both if scale.proposal_id == merged.pk}
    for kind, scale in mine.items():
        other = theirs.get(kind)
        if other is None:
            scale.changes = _below(scale.changes, f"Described before {merged.code} came in.")
            continue
        _add(scale, other, kept, merged)
    alone = [scale for kind, scale in theirs.items() if kind not in mine]
    for scale in alone:
        scale.proposal = kept
        scale.changes = _below(scale.changes, f"Described for {merged.code} alone.")
    Scale.objects.bulk_update([*mine.values(), *alone], ["proposal", *Scale.FIELDS])
    if len(alone) < len(theirs):
        merged.scales.all().delete()  # added up above


def _add(scale: Scale, other: Scale, kept: Proposal, merged: Proposal) -> None:
    for name in Scale.YEARS:
        setattr(scale, name, getattr(scale, name) + getattr(other, name))
    if max(getattr(scale, name) for name in Scale.YEARS) > MOST_CENTS:
        raise Refused(
            f"The {scale.get_kind_display().lower()} sizes of {kept.code} and {merged.code} add up to "
            "more than an amount can be. Correct one of them first."
        )
    for name in ("effect", "changes"):
        if words := getattr(other, name):
            setattr(scale, name, _below(getattr(scale, name), f"From {merged.code}: {words}"))


def move_milestones(kept: Proposal, merged: Proposal) -> None:
    """Those that both drafts name stand once."""
    rows = list(ProposalMilestone.objects.filter(proposal__in=[kept, merged]))
    said = {(row.what, row.due_on, row.unit_id) for row in rows if row.proposal_id == kept.pk}
    new = [
        row.pk
        for row in rows
        if row.proposal_id == merged.pk and (row.what, row.due_on, row.unit_id) not in said
    ]
    if new:
        merged.milestones.filter(pk__in=new).update(proposal=kept)


def copy_open_threads(kept: Proposal, merged: Proposal) -> None:
    """What is still to be settled, with its replies, as it was said; who was called to it reads it there.

    What was said is never changed, so the words stay with the merged draft, too.
    """
    first = merged.comments.filter(replies_to=None).with_outcome().select_related("suggestion", "newest")
    threads = [comment for comment in first.order_by("pk") if comment.is_open]
    if not threads:
        return
    copies = dict(zip((t.pk for t in threads), _copied(threads, kept), strict=True))
    replies = list(merged.comments.filter(replies_to__in=copies).order_by("pk"))
    copied = _copied(replies, kept, {row.pk: copies[row.replies_to_id] for row in replies})
    Suggestion.objects.bulk_create(
        Suggestion(comment=copies[t.pk], wording=t.suggestion.wording) for t in threads if t.is_suggestion
    )
    Outcome.objects.bulk_create(
        Outcome(
            comment=copies[t.pk], kind=t.newest.kind, word=t.newest.word,
            decided_at=t.newest.decided_at, decided_by_id=t.newest.decided_by_id,
        )
        for t in threads if t.became
    )  # fmt: skip
    _call_there(copies | dict(zip((row.pk for row in replies), copied, strict=True)))


def _copied(
    comments: Sequence[Comment], kept: Proposal, threads: dict[int, Comment] | None = None
) -> list[Comment]:
    """The same words by the same people on the other draft; `threads` for what replies."""
    same = ("section", "quote", "before", "after", "text", "written_at", "written_by_id", "unit_id")
    return Comment.objects.bulk_create(
        Comment(
            proposal=kept, replies_to=threads[row.pk] if threads else None,
            **{name: getattr(row, name) for name in same},
        )
        for row in comments
    )  # fmt: skip


def _call_there(copies: dict[int, Comment]) -> None:
    """Who has not noted a word yet is called to it where it goes on."""
    calls = list(Mention.objects.filter(comment__in=copies, noted_at=None))
    for call in calls:
        call.comment = copies[call.comment_id]
    Mention.objects.bulk_update(calls, ["comment"])


def _below(*parts: str) -> str:
    return "\n".join(filter(None, parts))
