"""Around the work: light or dark, how much waits, the words, the gallery of parts."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from people.access import members, public
from people.rules import can_set_up_district
from slates.forms import SlateForm

from .. import inbox
from ..gallery import samples
from ..guide import guide_for
from ..shell import LOOKS
from ..visits import KEPT


@public
def look(request):
    """Keep in this browser whether pages are light or dark; works without script."""
    back = request.POST.get("back", "/")
    answer = redirect(back if url_has_allowed_host_and_scheme(back, None) else "/")
    if request.method == "POST":
        chosen = request.POST.get("look", "")
        answer.set_cookie("look", chosen if chosen in dict(LOOKS) else "", **KEPT)
    return answer


@members
def waits(request):
    """How much waits for the person: the top bar asks for it after the page is there."""
    return render(request, "desk/waits.html", {"count": inbox.count_for(request.user)})


@public
def words(request):
    return render(request, "desk/words.html")


@members
def guide(request):
    """GET shows the first steps; POST takes them off Home."""
    if request.method == "POST":
        answer = redirect("home")
        answer.set_cookie(f"guide-{request.user.pk}", "seen", **KEPT)
        return answer
    return render(request, "desk/guide.html", {"guide": guide_for(request.user)})


@public
def gallery(request):
    """Every part of the pages in every state, for those who build and check them."""
    builds = request.user.is_authenticated and can_set_up_district(request.user)
    if not settings.DEMO and not builds:
        raise Http404
    return render(request, "desk/gallery.html", samples() | {"form": SlateForm({})})
