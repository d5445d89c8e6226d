"""What is coming to each school by month, and what it can give."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from activity.refused import refusals_on
from goals.actions import limit_schools
from goals.rules.schools import own_school_ids
from goals.shown import season_or_404
from people.access import members
from people.rules import is_steward

from ..forms.schools import LimitForm
from ..load import loads_of

ROWS = 50


@members
def schools(request):
    season = season_or_404(request)
    all_may, own = is_steward(request.user), own_school_ids(request.user)
    loads = loads_of(season, first=own)
    mine = [row.school for row in loads.schools if all_may or row.school.pk in own]
    form = LimitForm(request.POST or None, schools=mine, in_groups=all_may) if mine else None
    if request.method == "POST" and form and form.is_valid():
        with refusals_on(form):
            hours, chosen = form.cleaned_data["hours"], form.chosen_schools
            n = limit_schools(season=season, schools=chosen, hours=hours, by=request.user)
            kept = f" The number that {len(chosen) - n} stated stands." if n < len(chosen) else ""
            messages.success(request, f"Stated for {n} school{'' if n == 1 else 's'}.{kept}")
            return redirect("schools")
    page = Paginator(loads.schools, ROWS).get_page(request.GET.get("page"))
    return render(request, "desk/schools.html", {"loads": loads, "page": page, "form": form, "own": own})
