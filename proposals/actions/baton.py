"""Passing a proposal on, and freezing the version that goes along. Higher floors call these."""

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from activity import clock
from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..models import Proposal, ProposalVersion, Sponsorship
from ..models.content import content_of, substance_of
from ..workflow import BatonLost, advance


def locked(proposal: Proposal) -> Proposal:
    """The proposal's row, held until the transaction ends. The first line of a verb."""
    rows = Proposal.objects.select_for_update(of=("self",))
    row = rows.select_related("season", "contact", "research_partner").get(pk=proposal.pk)
    if Proposal.season.is_cached(proposal):
        row.season = proposal.season  # with the stages that the page has read
    row.was_locked = True
    return row


def locked_with_sponsors(proposal: Proposal) -> Proposal:
    """The same, with its sponsors read once, for verbs that leave them as they are."""
    return with_sponsors(locked(proposal))


def with_sponsors(proposal: Proposal) -> Proposal:
    """Read the sponsors and their units as they stand now, and keep them on the object."""
    prefetch_related_objects([proposal], Prefetch("sponsorships", Sponsorship.objects.select_related("unit")))
    return proposal


@transaction.atomic
def pass_on(
    *, proposal: Proposal, act: str, by: User, sentence: str, private: bool = False, **also: object
) -> Proposal:
    """Move the baton by one row of `workflow.TRANSITIONS` and record it.

    Permission and readiness are checked by the floor that holds the proposal. `also` are columns
    written together with the status. Raises Refused when somebody else was first.
    """
    # A verb that has locked the row hands it over as it is; `advance` is conditional in any case.
    proposal = proposal if hasattr(proposal, "was_locked") else locked(proposal)
    try:
        advance(proposal, act, **also)
    except BatonLost as lost:
        raise Refused(f"{lost} Please reload the page.") from lost
    record(act, proposal, sentence, by=by, private=private)
    return proposal


@transaction.atomic
def freeze_version(
    *, proposal: Proposal, kind: str, by: User, label: str = "", content: dict | None = None
) -> ProposalVersion:
    """A frozen copy of the proposal as it stands; call it while the proposal's row is locked.

    `content` is given where the verb has read it already, under the same lock.
    """
    content = content or content_of(proposal)
    newest = proposal.versions.order_by("-number").only("number").first()
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=newest.number + 1 if newest else 1,
        kind=kind,
        label=label,
        content=content,
        substance=substance_of(content),
        frozen_at=clock.now(),
        frozen_by=by,
    )
