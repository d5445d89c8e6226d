"""Which season a page shows: the newest, read once for each request; and the page while there is none."""

from django.http import Http404
from django.shortcuts import render

from .models import Season
from .rules import can_set_up_season


class NoSeason(Http404):
    """There is no season yet, so there is nothing to show."""


def season_shown(request) -> Season | None:
    """The season of this page; the shell around the page shows the same one."""
    if not hasattr(request, "season"):
        request.season = Season.objects.current()
    return request.season


def season_or_404(request) -> Season:
    season = season_shown(request)
    if season is None:
        raise NoSeason
    return season


class NoSeasonMiddleware:
    """A place that needs a season says so while there is none, instead of being lost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, NoSeason):
            return None
        status = 200 if request.method == "GET" else 404
        page = {"may_set_up": can_set_up_season(request.user)}
        return render(request, "goals/no_season.html", page, status=status)
