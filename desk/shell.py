"""What every page shows around its content: season, navigation, the demo bar."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from goals.models import Season
from people.rules import can_set_up_district, is_cabinet, is_decider, is_steward

# Label, URL name, first part of the path, who can use it. In the order of the season's work.
PLACES = [
    ("Home", "home", "", lambda user: True),
    ("How we decide", "season", "season", lambda user: True),
    ("Goals", "goals", "goals", lambda user: True),
    ("Proposals", "proposals", "proposals", lambda user: True),
    ("Asks", "asks", "asks", lambda user: True),
    ("Vetting", "vetting", "vetting", lambda user: True),
    ("Slate", "slates", "slates", is_decider),
    ("Decisions", "decisions", "decisions", lambda user: not is_decider(user)),
    ("Investments", "investments", "investments", lambda user: True),
    ("Set up", "setup", "setup", can_set_up_district),
]


def shell(request) -> dict:
    """Context of every page; one query for the season."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO}
    if not hasattr(request, "season"):
        request.season = Season.objects.current()
    return {
        "demo": settings.DEMO,
        "season": request.season,
        "places": _places(request, user),
    }


def _places(request, user) -> list[dict]:
    here = request.path.split("/")[1]
    return [
        {"label": label, "url": reverse(name), "here": here == first}
        for label, name, first, allowed in PLACES
        if allowed(user)
    ]
