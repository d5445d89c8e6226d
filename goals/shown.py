"""Which season a page shows: the newest, read once for each request."""

from django.http import Http404

from .models import Season


def season_shown(request) -> Season | None:
    """The season of this page; the shell around the page shows the same one."""
    if not hasattr(request, "season"):
        request.season = Season.objects.current()
    return request.season


def season_or_404(request) -> Season:
    season = season_shown(request)
    if season is None:
        raise Http404
    return season
