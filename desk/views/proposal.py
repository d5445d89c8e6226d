"""The whole proposal on one page, as it stands or as it was frozen."""

from django.shortcuts import render

from people.access import members
from proposals import rules

from ..whole import Whole, next_for


@members
def proposal(request, pk):
    found = rules.proposal_for(request.user, pk)
    request.season = found.season
    whole = Whole(found, request.user)
    context = whole.context() | {"by_date": next_for(whole)}
    return render(request, "desk/proposal.html", context)


@members
def proposal_version(request, pk, number):
    version = rules.version_for(request.user, pk, number)
    request.season = version.proposal.season
    whole = Whole(version.proposal, request.user, version=version)
    return render(request, "desk/proposal_version.html", whole.context())
