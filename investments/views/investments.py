"""The list of investments, one investment, and what was learned."""

from django.core.paginator import Paginator
from django.shortcuts import render

from goals.shown import season_or_404
from people.access import members

from .. import rules
from ..models import Lesson
from ..reading import investments_page, watched
from ..workflow import CLOSED


@members
def investments(request):
    request.season = season_or_404(request)
    page = investments_page(request.season, request.GET.get("page"))
    return render(request, "investments/investments.html", {"page": page, "season": request.season})


@members
def investment(request, pk):
    investment = rules.investment_for(request.user, pk)
    duties = investment.commitments.select_related("owner", "owner_person")
    for duty in duties:
        duty.investment = investment
        duty.may_update = rules.can_update_commitment(request.user, duty)
    running = investment.state not in CLOSED
    page = {
        "investment": investment,
        "duties": duties,
        "watched": watched(investment),
        "updates": investment.updates.select_related("written_by")[:20],
        "cycles": investment.test_cycles.select_related("school"),
        "may_report": running and rules.can_report(request.user, investment),
        "may_review": running and rules.can_review(request.user),
    }
    return render(request, "investments/investment.html", page)


@members
def lessons(request):
    request.season = season_or_404(request)
    rows = Lesson.objects.filter(season=request.season).select_related("unit")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "investments/lessons.html", {"page": page, "season": request.season})
