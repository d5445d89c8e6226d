"""Files beside a proposal: listed, added, removed, and fetched as downloads only."""

import mimetypes

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import members

from .. import rules
from ..actions import attachments as actions
from ..forms.attachments import AttachmentForm
from ..rules.attachments import attachment_for
from .workspace import frame

# Whatever a reader's program makes of it, it never runs as a page of ours.
SEALED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@members
def proposal_attachments(request, pk):
    """The files as they stand, and a form for one more."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_on(form):
            actions.attach(proposal=proposal, name=file.name, data=file.read(), by=request.user)
            messages.success(request, "Attached.")
            return redirect("proposal_attachments", pk)
    page = frame(request, proposal, "proposal_attachments") | {"form": form}
    page["rows"] = proposal.attachments.standing().select_related("added_by")
    return render(request, "proposals/attachments.html", page)


@members
def attachment(request, pk):
    """The file itself."""
    found = attachment_for(request.user, pk)
    try:
        file = default_storage.open(found.stored)
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind = mimetypes.types_map.get(f".{found.kind}", "application/octet-stream")
    return FileResponse(file, as_attachment=True, filename=found.name, content_type=kind, headers=SEALED)


@members
def attachment_remove(request, pk):
    found = attachment_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_attachment(attachment=found, by=request.user)
            messages.success(request, f"“{found}” is removed. Versions that have it keep it.")
    return redirect("proposal_attachments", found.proposal_id)
