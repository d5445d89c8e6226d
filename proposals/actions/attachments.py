"""Files beside a proposal: added, and removed from what comes next."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, refuse_if
from people.models import User

from ..arithmetic import files
from ..models import Attachment, Proposal
from ..rules.attachments import blockers_to_attach
from .baton import locked_with_sponsors
from .drafting import allow_edit

FOLDER = "attachments"


@transaction.atomic
def attach(*, proposal: Proposal, name: str, data: bytes, by: User) -> Attachment:
    """Keep a file beside the proposal, as what its bytes say it is. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    name, digest = files.plain_name(name), hashlib.sha256(data).hexdigest()
    refuse_if(blockers_to_attach(proposal, len(data), digest))
    try:
        kind = files.kind_of(name, data)
    except files.Unfit as unfit:
        raise Refused(str(unfit)) from unfit
    stored = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(data))
    attachment = Attachment.objects.create(
        proposal=proposal, name=name, kind=kind, size=len(data), sha256=digest, stored=stored,
        added_at=clock.now(), added_by=by,
    )  # fmt: skip
    record("attach", proposal, f"attached “{name}” to {proposal.code}", by=by, sha256=digest)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User) -> Attachment:
    """Take a file out of what comes next; versions that have it go on leading to it. Raises Refused."""
    proposal = locked_with_sponsors(attachment.proposal)
    allow_edit(proposal, by)
    attachment = Attachment.objects.get(pk=attachment.pk)
    if attachment.removed_at is not None:
        raise Refused("This file was removed before.")
    attachment.removed_at, attachment.removed_by = clock.now(), by
    attachment.save(update_fields=["removed_at", "removed_by"])
    record("remove attachment", proposal, f"removed “{attachment}” from {proposal.code}", by=by)
    return attachment


def copy_attachments(source: Proposal, target: Proposal) -> None:
    """The same files beside another proposal, a part of merging and copying; nobody changes the bytes."""
    rows = list(Attachment.objects.standing().filter(proposal__in=(source, target)))
    known = {row.sha256 for row in rows if row.proposal_id == target.pk}
    new = [row for row in rows if row.proposal_id == source.pk and row.sha256 not in known]
    for row in new:
        row.pk, row.proposal = None, target
    Attachment.objects.bulk_create(new)
