"""Keeping a version on demand."""

from django.db import transaction

from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..models import Proposal, ProposalVersion
from ..models.content import content_of
from .baton import freeze_version, locked_with_sponsors
from .drafting import allow_edit


@transaction.atomic
def name_version(*, proposal: Proposal, label: str, by: User) -> ProposalVersion:
    """Freeze the proposal as it stands, under a name. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    if not label.strip():
        raise Refused("Say in a few words why you keep this version.")
    content = content_of(proposal)
    newest = proposal.versions.order_by("-number").first()
    if newest is not None and newest.content == content:
        raise Refused(f"Nothing changed since version {newest.number}, so it stands for this one too.")
    version = freeze_version(
        proposal=proposal, kind=ProposalVersion.Kind.NAMED, by=by, label=label.strip(), content=content
    )
    record(
        "name version", proposal, f"kept version {version.number} of {proposal.code}: {version.label}", by=by
    )
    return version
