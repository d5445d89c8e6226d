"""Passing a proposal on, and freezing the version that goes along. Higher floors call these."""

from django.db import transaction
from django.db.models import Max, Prefetch, prefetch_related_objects

from activity import clock
from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..models import Proposal, ProposalVersion, Sponsorship
from ..models.content import content_of, substance_of
from ..rules.text import with_closing_day
from ..workflow import BatonLost, advance


def locked(proposal: Proposal) -> Proposal:
    """The proposal's row, held until the transaction ends. The first line of a verb."""
    rows = with_closing_day(Proposal.objects.select_for_update(of=("self",)))
    row = rows.select_related("season", "contact", "research_partner").get(pk=proposal.pk)
    if Proposal.season.is_cached(proposal):
        row.season = proposal.season  # with the stages that the page has read
    row.was_locked = True
    return row


def held(proposal: Proposal) -> Proposal:
    """The row as the verb that calls has locked it, which is read no second time."""
    return proposal if hasattr(proposal, "was_locked") else locked(proposal)


def locked_with_sponsors(proposal: Proposal) -> Proposal:
    """The same, with its sponsors read once, for verbs that leave them as they are."""
    return with_sponsors(locked(proposal))


def locked_pair(first: Proposal, second: Proposal) -> tuple[Proposal, Proposal]:
    """Both rows in the order of their keys, so that two acts on the same two never wait for each other."""
    sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("unit"))
    rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=[first.pk, second.pk])
    rows = rows.select_related("season", "contact", "research_partner").prefetch_related(sponsors)
    held = {row.pk: row for row in rows.order_by("pk")}
    season = first.season
    for row in held.values():
        row.was_locked = True
        if row.season_id == season.pk:
            row.season = season  # one object, whose stages are read once
    return held[first.pk], held[second.pk]


def with_sponsors(proposal: Proposal) -> Proposal:
    """Read the sponsors and their units as they stand now, and keep them on the object."""
    prefetch_related_objects([proposal], Prefetch("sponsorships", Sponsorship.objects.select_related("unit")))
    return proposal


def with_sponsors_anew(proposal: Proposal) -> Proposal:
    """The same after the sponsors were changed under the lock."""
    vars(proposal).pop("_prefetched_objects_cache", None)
    return with_sponsors(proposal)


@transaction.atomic
def pass_on(
    *, proposal: Proposal, act: str, by: User, sentence: str, private: bool = False, **also: object
) -> Proposal:
    """Move the baton by one row of `workflow.TRANSITIONS` and record it.

    Permission and readiness are checked by the floor that holds the proposal. `also` are columns
    written together with the status. Raises Refused when somebody else was first.
    """
    proposal = held(proposal)  # `advance` is conditional in any case
    try:
        advance(proposal, act, **also)
    except BatonLost as lost:
        raise Refused(f"{lost} Please reload the page.") from lost
    record(act, proposal, sentence, by=by, private=private)
    return proposal


@transaction.atomic
def freeze_version(
    *, proposal: Proposal, kind: str, by: User, label: str = "", content: dict | None = None,
    after: int | None = None,
) -> ProposalVersion:  # fmt: skip
    """A frozen copy of the proposal as it stands; call it while the proposal's row is locked.

    `content` and `after`, the number of the newest version, are given where the verb has read them
    already, under the same lock.
    """
    content = content or content_of(proposal)
    if after is None:
        after = proposal.versions.aggregate(last=Max("number"))["last"] or 0
    version = version_of(proposal, kind, by, label, content, after)
    version.save(force_insert=True)
    return version


def version_of(
    proposal: Proposal, kind: str, by: User, label: str, content: dict, after: int
) -> ProposalVersion:
    """The copy, not saved yet, for who freezes several at once."""
    return ProposalVersion(
        proposal=proposal,
        number=after + 1,
        kind=kind,
        label=label,
        content=content,
        substance=substance_of(content),
        frozen_at=clock.now(),
        frozen_by=by,
    )
