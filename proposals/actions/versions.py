"""Keeping a version on demand, and the one that a decision is about."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..models import Proposal, ProposalVersion
from ..models.content import content_of, contents_of
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


def with_newest_version(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """For `freeze_for_decision`: who is named in a content, and what was frozen last."""
    newest = ProposalVersion.objects.filter(proposal=OuterRef("pk")).order_by("-number")
    columns = ("number", "kind", "substance")
    last = {f"newest_{name}": Subquery(newest.values(name)[:1]) for name in columns}
    return proposals.select_related("season", "contact", "research_partner").annotate(**last)


def freeze_for_decision(proposals: Collection[Any], by: User) -> None:
    """The copies that decisions will point at, as review ends: every reader may read them, and from here on
    nothing changes until all is decided, so that they tell of no decision. Two queries for any number.

    One that comes back with the same substance keeps its copy. The rows are locked, `with_newest_version`.
    """
    contents = contents_of(proposals)
    copies = []
    for proposal in proposals:
        content, number = contents[proposal.pk], proposal.newest_number or 0
        version = version_of(proposal, Kind.DECISION, by, AS_REVIEW_ENDED, content, number)
        if (proposal.newest_kind, proposal.newest_substance) != (Kind.DECISION, version.substance):
            copies.append(version)
    ProposalVersion.objects.bulk_create(copies)
