"""Home: what waits for me, my proposals, where the season stands, what changed."""

from django.conf import settings
from django.shortcuts import redirect, render

from goals.models import Season
from people.access import public
from people.rules import can_import, can_set_up_district

from .. import inbox, overview

AT_FIRST = 30  # of what waits; the rest is one click away


@public
def home(request):
    """The first page of everybody; who is not signed in is led to the door."""
    user = request.user
    if not user.is_authenticated:
        return redirect("demo_people" if settings.DEMO else "account_login")
    request.season = season = Season.objects.current_with_stages()
    if season is None:
        return render(
            request,
            "desk/first_steps.html",
            {"may_set_up": can_set_up_district(user), "may_import": can_import(user)},
        )
    waiting = inbox.awaited([user])
    page = {
        "waiting": waiting,
        "shown": waiting if "all" in request.GET else waiting[:AT_FIRST],
        "mine": overview.my_proposals(user, season),
        "standing": overview.where_we_stand(user, season),
        "entries": overview.recent_entries(user),
    }
    return render(request, "desk/home.html", page)
