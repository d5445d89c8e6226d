"""Keeping a version on demand, and the one that a decision is about."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..models import Proposal, ProposalVersion
from ..models.content import content_of, contents_of
from ..rules.signing import newest_version_of, with_signatures
from .baton import freeze_version, locked_with_sponsors, version_of
from .drafting import allow_edit

Kind = ProposalVersion.Kind
AS_REVIEW_ENDED = "as review ended"


@transaction.atomic
def name_version(*, proposal: Proposal, label: str, by: User) -> ProposalVersion:
    """Freeze the proposal as it stands, under a name. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    if not label.strip():
        raise Refused("Say in a few words why you keep this version.")
    content = content_of(proposal)
    newest = proposal.versions.order_by("-number").first()
    if newest is not None and newest.content == content and newest.label == label.strip():
        raise Refused(f"Version {newest.number} of this name says the same: it is kept already.")
    version = freeze_version(proposal=proposal, kind=Kind.NAMED, by=by, label=label.strip(), content=content)
    record(
        "name version", proposal, f"kept version {version.number} of {proposal.code}: {version.label}", by=by
    )
    return version


def to_freeze(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """For `freeze_for_decision`: who is named in a content, what was signed, and what was frozen last."""
    named = proposals.select_related("season", "contact", "research_partner")
    return with_signatures(named, "number", "kind", "substance")


def freeze_for_decision(proposals: Collection[Proposal], by: User) -> None:
    """The copies that decisions will point at, as review ends: every reader may read them, and from here on
    nothing changes until all is decided, so that they tell of no decision. Two queries for any number.

    One that comes back with the same substance keeps its copy. The rows are locked and signed, `to_freeze`.
    """
    contents = contents_of(proposals)
    copies = []
    for proposal in proposals:
        content, newest = contents[proposal.pk], newest_version_of(proposal)
        number = newest.newest_number if newest else 0
        version = version_of(proposal, Kind.DECISION, by, AS_REVIEW_ENDED, content, number)
        if not number or (newest.newest_kind, newest.newest_substance) != (Kind.DECISION, version.substance):
            copies.append(version)
    ProposalVersion.objects.bulk_create(copies)
