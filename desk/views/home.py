"""Home: what waits for me, my proposals, where the season stands, what changed."""

from django.conf import settings
from django.shortcuts import redirect, render

from goals.models import Season
from people.access import public
from people.rules import can_import, can_set_up_district

from .. import inbox
from ..guide import guide_for
from ..home import my_proposals, what_changed, where_we_stand
from ..visits import last_visit, note_visit

AT_FIRST = 30  # of what waits; the rest is one click away


@public
def home(request):
    """The first page of everybody; who is not signed in is led to the door."""
    user = request.user
    if not user.is_authenticated:
        return redirect("demo_people" if settings.DEMO else "account_login")
    request.season = season = Season.objects.current_with_stages()
    if season is None:
        return _first_steps(request)
    rows, since = inbox.awaited([user]), last_visit(request)
    waiting = inbox.to_do(rows)
    page = {
        "waiting": waiting,
        "news": [row for row in rows if row.is_news],
        "shown": waiting if "all" in request.GET else waiting[:AT_FIRST],
        "mine": my_proposals(user, season),
        "standing": where_we_stand(user, season),
        "changed": what_changed(user, since),
        "since": since,
    }
    if f"guide-{user.pk}" not in request.COOKIES:
        page["guide"] = guide_for(user)
    answer = render(request, "desk/home.html", page)
    note_visit(request, answer)
    return answer


def _first_steps(request):
    """While there is no season: who may begin one is told how."""
    user = request.user
    page = {"may_set_up": can_set_up_district(user), "may_import": can_import(user)}
    return render(request, "desk/first_steps.html", page)
