"""Who may fetch a file, and what stands in the way of one more."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import User

from ..models import Attachment, Proposal
from ..models.attachment import LARGEST_ATTACHMENT, MOST_ATTACHMENTS
from .doors import proposal_for, versions_for
from .rights import is_sponsor

MEGABYTE = 1024 * 1024


def attachment_for(user: User, pk: int) -> Attachment:
    """A file of the text that this person reads, at work or in a version; 404 otherwise."""
    attachment = get_object_or_404(Attachment, pk=pk)
    proposal = attachment.proposal = proposal_for(user, attachment.proposal_id)
    if attachment.removed_at is None and is_sponsor(user, proposal):
        return attachment
    for files in versions_for(user, proposal).values_list("content__attachments", flat=True):
        if any(file["id"] == pk for file in files or ()):
            return attachment
    raise Http404


def blockers_to_attach(proposal: Proposal, size: int, digest: str) -> list[str]:
    """Few and small: they are read by people, and travel in every backup."""
    if size > LARGEST_ATTACHMENT:
        return [f"This file is too large: at most {LARGEST_ATTACHMENT // MEGABYTE} MB are taken."]
    standing = list(proposal.attachments.standing())
    if same := [row for row in standing if row.sha256 == digest]:
        return [f"The same file is here already, as “{same[0].name}”."]
    if len(standing) >= MOST_ATTACHMENTS:
        return [f"There are {MOST_ATTACHMENTS} files already. Remove one first."]
    return []
