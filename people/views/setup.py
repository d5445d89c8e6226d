"""Setting up the district: its name, its tree of units."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_on

from .. import actions, rules
from ..access import only
from ..forms import DistrictForm, SpeakersForm, UnitForm
from ..models import District, Post, Unit
from ..tree import in_tree_order


@only(rules.can_set_up_district)
def district(request):
    row = District.objects.first()
    if row is None:
        raise Http404
    form = DistrictForm(request.POST or None, instance=row)
    return form_page(
        request, form,
        lambda: actions.change_district(district=row, values=form.cleaned_data, by=request.user),
        title="The district", back=reverse("setup"), back_label="Set up", done="The district is saved.",
    )  # fmt: skip


@only(rules.can_set_up_district)
def units(request):
    speaking = Post.objects.current().filter(role__in=[Post.Role.HEAD, Post.Role.DEPUTY])
    rows = Unit.objects.select_related("cabinet_member").prefetch_related(
        Prefetch("posts", queryset=speaking.select_related("person"), to_attr="speaking")
    )
    return render(request, "people/setup_units.html", {"units": in_tree_order(rows)})


@only(rules.can_set_up_district)
def unit_new(request):
    top = Unit.objects.filter(parent=None).first()
    form = UnitForm(request.POST or None, initial={"parent": top, "kind": Unit.Kind.DEPARTMENT})
    return form_page(
        request, form, lambda: actions.add_unit(values=form.cleaned_data, by=request.user),
        title="Add a unit", back=reverse("setup_units"), back_label="Units",
        done=lambda unit: f"{unit} is added. Name who speaks for it.",
        onward=lambda unit: reverse("setup_unit", args=[unit.pk]),
    )  # fmt: skip


@only(rules.can_set_up_district)
def unit(request, pk):
    row = rules.unit_for(request.user, pk)
    form = UnitForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_unit(unit=row, values=form.cleaned_data, by=request.user)
            messages.success(request, "The unit is saved.")
            return redirect("setup_units")
    context = {"unit": row, "form": form, "speakers": _speakers_form(row)}
    return render(request, "people/setup_unit.html", context)


@only(rules.can_set_up_people)
def unit_speakers(request, pk):
    row = rules.unit_for(request.user, pk)
    form = SpeakersForm(request.POST) if request.method == "POST" else _speakers_form(row)
    return form_page(
        request, form, lambda: actions.name_speakers(unit=row, by=request.user, **form.cleaned_data),
        title=f"Who speaks for {row}", back=reverse("setup_unit", args=[row.pk]), back_label=row.name,
        done=f"Saved who speaks for {row}.", onward=lambda _: reverse("setup_units"),
    )  # fmt: skip


def _speakers_form(unit: Unit) -> SpeakersForm:
    """The form with those who speak today."""
    posts = unit.posts.current().filter(role__in=[Post.Role.HEAD, Post.Role.DEPUTY])
    return SpeakersForm(initial={post.role: post.person_id for post in posts})
