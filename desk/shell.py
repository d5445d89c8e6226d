"""What every page shows around its content: season, navigation, the demo bar."""

from functools import cache

from django.conf import settings
from django.urls import reverse

from activity import clock
from goals.models import Season
from people.rules import can_see_setup, is_decider

from .cast import KEY_ROLES

# Label, URL name, first part of the path, who can use it. In the order of the season's work.
PLACES = [
    ("Home", "home", "", lambda user: True),
    ("How we decide", "season", "season", lambda user: True),
    ("Goals", "goals", "goals", lambda user: True),
    ("Proposals", "proposals", "proposals", lambda user: True),
    ("Asks", "asks", "asks", lambda user: True),
    ("Vetting", "vetting", "vetting", lambda user: True),
    ("Slate", "slates", "slates", is_decider),
    ("Decisions", "decisions", "decisions", lambda user: True),
    ("Investments", "investments", "investments", lambda user: True),
    ("Set up", "setup", "setup", can_see_setup),
]


def shell(request) -> dict:
    """Context of every page; one query for the season."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO, "demo_roles": KEY_ROLES}
    if not hasattr(request, "season"):
        request.season = Season.objects.current()
    context = {"demo": settings.DEMO, "season": request.season, "places": _places(request, user)}
    return context | _demo_bar(request.season) if settings.DEMO else context


def _demo_bar(season: Season | None) -> dict:
    """Who you may be and when it is; one query for the stages, in the demo only."""
    return {
        "demo_roles": KEY_ROLES,
        "demo_today": clock.today(),
        "demo_stages": season.stages_open() if season else [],
    }


# The addresses do not change while a process runs, and every page shows them.
_address = cache(reverse)


def _places(request, user) -> list[dict]:
    here = request.path.split("/")[1]
    return [
        {"label": label, "url": _address(name), "here": here == first}
        for label, name, first, allowed in PLACES
        if allowed(user)
    ]
