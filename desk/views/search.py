"""Search: one field over everything that a person may read."""

from django.shortcuts import render

from goals.shown import season_or_404
from people.access import members

from ..search import LONGEST, found_for


@members
def search(request):
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = found_for(request.user, season_or_404(request), words) if words else []
    return render(request, "desk/search.html", {"words": words, "found": found})
