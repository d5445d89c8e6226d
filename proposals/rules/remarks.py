"""Who may comment and suggest, who settles it, who may be told, and what stands in the way."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from activity.templatetags.activity_tags import day
from goals.models import Stage
from people.models import Post, User

from ..models import Comment, Outcome, Proposal, ProposalVersion, Sponsorship
from ..workflow import CIRCULATED, UNDER_REVIEW, Status
from .doors import newest_circulated, proposal_for
from .rights import can_edit, is_sponsor

Became = Outcome.Kind
IN_TALK = (Status.DRAFT, *UNDER_REVIEW)


def can_comment(user: User, proposal: Proposal) -> bool:
    """Everybody who may read it: on a draft its sponsors and whom they invited."""
    return is_sponsor(user, proposal) or proposal.status in CIRCULATED


def can_reply(user: User, comment: Comment) -> bool:
    """Everybody who may read the thread."""
    return is_sponsor(user, comment.proposal) or comment.is_public


def blockers_to_comment(proposal: Proposal) -> list[str]:
    """A draft and what is in revision is talked about; a submitted one in consultation."""
    if closed := blockers_to_settle(proposal):
        return closed
    season = proposal.season
    if proposal.status != Status.SUBMITTED or season.is_open(Stage.Kind.CONSULTATION):
        return []
    if not season.has_reached(Stage.Kind.CONSULTATION):
        opens = min((s.opens for s in season.all_stages if s.kind == Stage.Kind.CONSULTATION), default=None)
        when = f" on {day(opens)}" if opens else ""
        return [f"Comments on {proposal.code} open with consultation{when}."]
    return [f"Consultation is over. While {proposal.code} is in revision you can comment again."]


def blockers_to_settle(proposal: Proposal) -> list[str]:
    """Until it is vetted, threads are answered, resolved and reopened."""
    if proposal.status in IN_TALK:
        return []
    label = Status(proposal.status).label.lower()
    return [f"{proposal.code} is {label}: what was said stays as it is."]


def version_read_by(user: User, proposal: Proposal) -> ProposalVersion | None:
    """What this person reads and comments on: None is the text at work, which its sponsors read."""
    return None if is_sponsor(user, proposal) and proposal.is_editable else newest_circulated(proposal)


def can_settle(user: User, comment: Comment) -> bool:
    """Resolve and reopen: people of the sponsors, and whoever began the thread."""
    return comment.written_by_id == user.pk or can_edit(user, comment.proposal)


def blockers_to_resolve(comment: Comment) -> list[str]:
    if comment.is_open and comment.became != Became.ACCEPTED:
        return []
    return ["This is settled already."]


def blockers_to_reopen(comment: Comment) -> list[str]:
    return [] if comment.became == Became.RESOLVED else ["Only what was resolved can be opened again."]


def blockers_to_answer(comment: Comment, kind: str) -> list[str]:
    """A suggestion is accepted or not; the sponsors may think again until it stands in the text."""
    if not comment.is_suggestion:
        return ["This comment suggests no wording. Reply to it, or resolve it."]
    if comment.became == Became.APPLIED:
        return ["This wording stands in the text already. Change the text itself."]
    if comment.became == kind:
        return [f"Somebody answered this a moment ago: {Became(kind).label.lower()}."]
    return []


def blockers_to_apply(comment: Comment) -> list[str]:
    if comment.became == Became.APPLIED:
        return ["This wording stands in the text already."]
    return [] if comment.became == Became.ACCEPTED else ["Accept the wording first."]


def comment_for(user: User, pk: int, *, acting: bool = False) -> Comment:
    """The first word of a thread that this person may read, with its proposal; 404 otherwise.

    `acting` leaves the rest to the verb, which reads it under its lock.
    """
    rows = Comment.objects.visible_to(user).filter(replies_to=None)
    if acting:
        return get_object_or_404(rows, pk=pk)
    rows = rows.with_outcome().select_related("suggestion", "written_by", "unit", "newest")
    comment = get_object_or_404(rows, pk=pk)
    comment.proposal = proposal_for(user, comment.proposal_id)
    return comment


def readers_of(comment: Comment) -> QuerySet[User]:
    """Who may be named in it: everybody who may read it."""
    people = User.objects.filter(is_active=True)
    return people if comment.is_public else people.filter(works_for_sponsors(comment.proposal_id))


def names_to_call(user: User, proposal: Proposal) -> list[str]:
    """People of the sponsoring and the asked units who may read what this person reads and speaks of.

    On the text at work these are the sponsors' alone; on a version, people of the units that it names.
    """
    if not can_comment(user, proposal):
        raise Http404
    people = User.objects.filter(is_active=True).exclude(pk=user.pk)
    version = version_read_by(user, proposal)
    if version is None:
        people = people.filter(works_for_sponsors(proposal.pk))
    else:
        sponsors = [row["unit"] for row in version.content["sponsors"] if row["accepted"]]
        units = [*sponsors, *(row["unit"] for row in version.content["asks"] if row["sent"])]
        posts = Post.objects.current().filter(role__in=Post.WORKING, unit__code__in=units)
        people = people.filter(Exists(posts.filter(person=OuterRef("pk"))))
    return list(people.order_by("name").values_list("name", flat=True).distinct())


def works_for_sponsors(proposal, person="pk", on: date | None = None) -> Q:
    """The SQL of `User.unit_ids` over the standing sponsors; the two name a key, or OuterRef it."""
    sponsors, posts = Sponsorship.objects.standing().filter(proposal=proposal), Post.objects.current(on)
    here = posts.filter(role__in=Post.WORKING, unit=OuterRef("unit"), person=OuterRef(OuterRef(person)))
    looking_on = posts.exclude(role__in=Post.WORKING).filter(person=OuterRef(person))
    at_home = Exists(sponsors.filter(unit__people=OuterRef(person)))
    return Q(Exists(sponsors.filter(Exists(here)))) | Q(at_home) & ~Q(Exists(looking_on))
