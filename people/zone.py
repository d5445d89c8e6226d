"""The district's time zone for pages, tasks and commands: deadlines end at midnight there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from .models import District

# Other processes learn of a changed zone after this many seconds of real time.
KEPT_FOR = 300.0

_kept: tuple[ZoneInfo, float] | None = None


def district_zone() -> ZoneInfo:
    """The zone of the district; the setting TIME_ZONE until there is a district."""
    global _kept
    if _kept is None or time.monotonic() - _kept[1] > KEPT_FOR:
        name = District.objects.values_list("time_zone", flat=True).first()
        _kept = (_zone(name or settings.TIME_ZONE), time.monotonic())
    return _kept[0]


def remember(name: str) -> None:
    """Called by the verbs that set the district's zone, and by tests."""
    global _kept
    _kept = (_zone(name), time.monotonic())


@contextmanager
def in_district_zone() -> Iterator[None]:
    """Run a task or a command on the district's days."""
    with timezone.override(district_zone()):
        yield


class DistrictZoneMiddleware:
    """Every page counts days in the district's zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # A health check must answer without the database.
        if request.path in ("/healthz", "/readyz"):
            return self.get_response(request)
        with in_district_zone():
            return self.get_response(request)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
