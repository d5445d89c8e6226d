"""The whole proposal on one page, as it stands or as it was frozen."""

import structlog
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from people.access import members
from proposals import rules

from ..paper.pages import packet_of
from ..paper.setting import NotSet, pdf_of
from ..whole import Whole, next_for

log = structlog.get_logger(__name__)

INSTEAD = "Print this page from your browser; shorter texts and tables can be set again."


@members
def proposal(request, pk):
    found = rules.proposal_for(request.user, pk)
    request.season = found.season
    whole = Whole(found, request.user)
    context = whole.context() | {"by_date": next_for(whole)}
    context["can_join"] = rules.can_start_proposal(request.user)
    return render(request, "desk/proposal.html", context)


@members
def proposal_version(request, pk, number):
    version = rules.version_for(request.user, pk, number)
    request.season = version.proposal.season
    whole = Whole(version.proposal, request.user, version=version)
    return render(request, "desk/proposal_version.html", whole.context())


@members
def proposal_pdf(request, pk):
    """The same as the reading page, on two pages and the cost table."""
    found = rules.proposal_for(request.user, pk)
    page = redirect("proposal", pk)
    return _pdf(request, Whole(found, request.user), f"{found.code}.pdf", page)


@members
def proposal_version_pdf(request, pk, number):
    version = rules.version_for(request.user, pk, number)
    whole = Whole(version.proposal, request.user, version=version)
    page = redirect("proposal_version", pk, number)
    return _pdf(request, whole, f"{version.proposal.code} version {number}.pdf", page)


def _pdf(request, whole: Whole, name: str, page: HttpResponse) -> HttpResponse:
    """The document; where it cannot be set, its page with a word about that."""
    title = f"{whole.proposal.code} {whole.content['title']}"
    try:
        pdf = pdf_of("proposal.typ", packet_of([whole], title))
    except NotSet as wrong:
        log.error("document not set", proposal=whole.proposal.pk, told=str(wrong))
        messages.error(request, f"{whole.proposal.code} could not be set as a PDF. {INSTEAD}")
        return page
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
