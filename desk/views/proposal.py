"""The whole proposal on one page, as it stands or as it was frozen."""

from django.http import HttpResponse
from django.shortcuts import render

from people.access import members
from proposals import rules

from ..paper.pages import packet_of
from ..paper.setting import pdf_of
from ..whole import Whole, next_for


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
    return _pdf(Whole(found, request.user), f"{found.code}.pdf")


@members
def proposal_version_pdf(request, pk, number):
    version = rules.version_for(request.user, pk, number)
    whole = Whole(version.proposal, request.user, version=version)
    return _pdf(whole, f"{version.proposal.code} version {number}.pdf")


def _pdf(whole: Whole, name: str) -> HttpResponse:
    title = f"{whole.proposal.code} {whole.content['title']}"
    pdf = pdf_of("proposal.typ", packet_of([whole], title))
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
