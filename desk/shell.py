"""What every page shows around its content: season, navigation, the demo bar."""

from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from activity import clock
from goals.models import Season, Stage
from people.rules import can_see_setup
from slates.rules import can_build

from .demo_people import KEY_ROLES

# Label, URL name, first part of the path, who can use it. In the order of the season's work.
PLACES = [
    ("Home", "home", "", lambda user: True),
    ("How we decide", "season", "season", lambda user: True),
    ("Goals", "goals", "goals", lambda user: True),
    ("Proposals", "proposals", "proposals", lambda user: True),
    ("Asks", "asks", "asks", lambda user: True),
    ("Vetting", "vetting", "vetting", lambda user: True),
    ("Slate", "slates", "slates", can_build),
    ("Decisions", "decisions", "decisions", lambda user: True),
    ("Investments", "investments", "investments", lambda user: True),
    ("Schools", "schools", "schools", lambda user: True),
    ("Set up", "setup", "setup", can_see_setup),
]

LOOKS = [("", "automatic"), ("light", "light"), ("dark", "dark")]


def shell(request) -> dict:
    """Context of every page; one query for the season."""
    user = getattr(request, "user", None)
    chosen = request.COOKIES.get("look")
    chosen = chosen if chosen in ("light", "dark") else ""
    look = {"looks": _looks(chosen), "look": chosen} | _held_ready()
    if user is None or not user.is_authenticated:
        return look | {"demo": settings.DEMO, "demo_roles": KEY_ROLES}
    if not hasattr(request, "season"):
        request.season = Season.objects.current()
    places = _places(request.path.split("/")[1], tuple(place for place in PLACES if place[3](user)))
    context = look | {"demo": settings.DEMO, "season": request.season} | places
    return context | _demo_bar(request.season) if settings.DEMO else context


def _demo_bar(season: Season | None) -> dict:
    """Who you may be and when it is; one query for the stages, in the demo only."""
    today = clock.today()
    # Asked for anew: many pages hold the stages of a season object of their own.
    stage = Stage.objects.filter(season=season, opens__lte=today, closes__gte=today).first()
    return {"demo_roles": KEY_ROLES, "demo_today": today, "demo_stage": stage}


def _places(here: str, usable: tuple[tuple, ...]) -> dict:
    return _navigation(usable, next((place for place in usable if place[2] == here), None))


@cache
def _navigation(usable: tuple[tuple, ...], here: tuple | None) -> dict:
    """Made once for all who may use the same places."""
    places = [{"url": reverse(place[1]), "label": place[0], "here": place is here} for place in usable]
    return {"places": places, "navigation": render_to_string("parts/places.html", {"places": places})}


@cache
def _held_ready() -> dict:
    """What every page holds ready, made once: the toast, and the room of the count."""
    room = render_to_string("parts/skeleton.html", {"look": "skeleton-short"})
    return {"toast": render_to_string("parts/toast.html"), "count_room": room}


@cache
def _looks(chosen: str) -> str:
    return render_to_string("parts/looks.html", {"looks": LOOKS, "look": chosen})
