"""The list of scenarios, beginning and naming one, and two side by side."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.shortcuts import redirect, render

from activity.refused import refusals_on
from goals.shown import season_or_404
from people.access import only

from .. import rules
from ..actions import scenario
from ..comparing import compared
from ..forms import SlateForm
from ..models import Slate
from .door import opened


@only(rules.can_build)
def slates(request):
    request.season = season_or_404(request)
    rows = (
        Slate.objects.filter(season=request.season)
        .select_related("created_by")
        .annotate(
            proposals=Count("items", distinct=True),
            cents=Sum("items__lines__year1_cents", default=0),
            fte=Sum("items__lines__fte", default=0),
        )[:50]
    )
    return render(request, "slates/slates.html", {"rows": rows, "season": request.season})


@only(rules.can_build)
def new(request):
    form = SlateForm(request.POST or None)
    season = season_or_404(request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            slate = scenario.create_slate(season=season, by=request.user, **form.cleaned_data)
            return redirect("slate", slate.pk)
    page = {"form": form, "title": "Begin a slate", "submit": "Begin", "back": "slates"}
    return render(request, "slates/name.html", page)


@only(rules.can_build)
def copy(request, pk):
    slate = opened(request, pk)
    form = SlateForm(request.POST or None, initial={"name": f"{slate.name}, second version"})
    del form.fields["note"]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = scenario.copy_slate(slate=slate, by=request.user, **form.cleaned_data)
            messages.success(request, f"This is a copy of “{slate.name}”. Change it freely.")
            return redirect("slate", made.pk)
    page = {"form": form, "slate": slate, "title": f"Copy “{slate.name}”", "submit": "Copy"}
    return render(request, "slates/name.html", page)


@only(rules.can_build)
def rename(request, pk):
    slate = opened(request, pk)
    title = f"Rename “{slate.name}”"
    form = SlateForm(request.POST or None, initial={"name": slate.name, "note": slate.note})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            scenario.rename(slate=slate, by=request.user, **form.cleaned_data)
            return redirect("slate", slate.pk)
    page = {"form": form, "slate": slate, "title": title, "submit": "Save"}
    return render(request, "slates/name.html", page)


@only(rules.can_build)
def compare(request):
    request.season = season_or_404(request)
    slates = list(Slate.objects.filter(season=request.season).select_related("season")[:50])
    by_pk = {str(slate.pk): slate for slate in slates}
    first, second = by_pk.get(request.GET.get("a")), by_pk.get(request.GET.get("b"))
    page = {"slates": slates, "a": first, "b": second}
    if first and second and first != second:
        page["compared"] = compared(first, second)
    return render(request, "slates/compare.html", page)
