"""Set up: the checklist from an empty district to a season that can open."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.refused import refusals_as_messages
from goals.actions import adopt_season
from goals.rules import blockers_to_adopt, can_adopt
from goals.shown import season_or_404, season_shown
from people.access import only
from people.rules import can_import, can_see_setup

from ..checklist import steps


@only(can_see_setup)
def setup(request):
    season = season_shown(request)
    todo = steps(request.user, season)
    context = {
        "steps": todo,
        "done": sum(step.is_done for step in todo),
        "next": next((step for step in todo if not step.is_done and step.may), None),
        "may_adopt": season is not None and not season.workbook_digest and can_adopt(request.user),
        "blockers": [],
        "import_url": reverse("season_import") if can_import(request.user) else "",
    }
    if context["may_adopt"] and season.adopted_at is None:
        context["blockers"] = blockers_to_adopt(season)
    return render(request, "desk/setup.html", context)


@only(can_adopt)
def season_adopt(request):
    season = season_or_404(request)
    if request.method == "POST":
        with refusals_as_messages(request):
            adopt_season(season=season, by=request.user)
            messages.success(request, f"The rules of season {season.name} are adopted and published.")
    return redirect("season")
