"""The list of scenarios, beginning and naming one, and two side by side."""

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from activity.composed import composed_once
from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on
from goals.shown import season_or_404
from people.access import only
from people.actions import name_slate_builder, unname_slate_builder
from people.models import User
from people.rules import is_cfo, slate_builders

from .. import rules
from ..actions import scenario
from ..comparing import compared
from ..forms import BuilderForm, SlateForm
from ..models import Slate
from .door import with_slate


@only(rules.can_build)
def slates(request):
    request.season = season_or_404(request)
    rows = list(rules.slates_for(request.user, request.season, _listed())[:50])
    page = {"rows": rows, "season": request.season, "may_decide": rules.can_decide(request.user)}
    if page["may_decide"]:
        page["builders"] = [post.person for post in slate_builders()]
        page["may_name"] = is_cfo(request.user)
    return render(request, "slates/slates.html", page)


@only(is_cfo)
def builders(request):
    """The CFO names somebody of Finance; a refusal shows what was chosen."""
    form = BuilderForm(request.POST or None)
    season = request.season = season_or_404(request)
    return form_page(
        request, form,
        lambda: name_slate_builder(by=request.user, **form.cleaned_data),
        back=reverse("slates"), back_label="Slates", season=season,
        title="Name who builds slates", submit="Name this person",
        done="Named. They build and fill scenarios; decisions stay with you.",
    )  # fmt: skip


@only(is_cfo)
def builder_end(request, pk):
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            unname_slate_builder(person=person, by=request.user)
            messages.success(request, f"{person} builds no slates any more. What they built stays.")
    return redirect("slates")


@composed_once
def _listed() -> QuerySet:
    """Put together once, and asked for a season each time."""
    rows = Slate.objects.annotate(
        proposals=Count("items", distinct=True),
        cents=Sum("items__lines__year1_cents", default=0),
        fte=Sum("items__lines__fte", default=0),
    )
    return rows.values_list(
        "pk", "name", "note", "status", "proposals", "cents", "fte", "created_at", "created_by__name"
    )


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
@with_slate
def copy(request, slate):
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
@with_slate
def rename(request, slate):
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
    slates = list(rules.slates_for(request.user, request.season).select_related("season")[:50])
    by_pk = {str(slate.pk): slate for slate in slates}
    first, second = by_pk.get(request.GET.get("a")), by_pk.get(request.GET.get("b"))
    page = {"slates": slates, "a": first, "b": second}
    if first and second and first != second:
        page["compared"] = compared(first, second)
    return render(request, "slates/compare.html", page)
