"""Setting up principles and decision rights."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_as_messages
from people.access import only

from .. import actions, forms, rules
from ..shown import season_or_404


@only(rules.can_set_up_season)
def principles(request):
    row = season_or_404(request)
    return render(request, "goals/setup_principles.html", {"principles": row.principles.all()})


@only(rules.can_set_up_season)
def principle_new(request):
    row = season_or_404(request)
    form = forms.PrincipleForm(request.POST or None, frozen=rules.is_frozen(row))
    return form_page(
        request, form,
        lambda: actions.add_principle(season=row, values=form.values, by=request.user, reason=form.reason),
        title="Add a principle", back=reverse("setup_principles"), back_label="Principles",
    )  # fmt: skip


@only(rules.can_set_up_season)
def principle(request, pk):
    row = rules.principle_for(request.user, pk)
    form = forms.PrincipleForm(request.POST or None, instance=row, frozen=rules.is_frozen(row.season))
    return form_page(
        request, form,
        lambda: actions.change_principle(
            principle=row, values=form.values, by=request.user, reason=form.reason
        ),
        title=f"Principle {row.number}", back=reverse("setup_principles"), back_label="Principles",
    )  # fmt: skip


@only(rules.can_set_up_season)
def principle_remove(request, pk):
    row = rules.principle_for(request.user, pk)
    form = forms.ReasonForm(request.POST or None, frozen=rules.is_frozen(row.season))
    return form_page(
        request, form,
        lambda: actions.remove_principle(principle=row, by=request.user, reason=form.reason),
        title=f"Remove principle {row.number}?", back=reverse("setup_principles"),
        back_label="Principles", lede=row.text, submit="Remove the principle",
        done="The principle is removed.",
    )  # fmt: skip


@only(rules.can_set_up_season)
def decision_rights(request):
    row = season_or_404(request)
    return render(request, "goals/setup_decision_rights.html", {"rights": row.decision_rights.all()})


@only(rules.can_set_up_season)
def decision_rights_usual(request):
    row = season_or_404(request)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.use_usual_decision_rights(season=row, by=request.user)
            messages.success(request, "These are the usual ones. Change them to fit your district.")
    return redirect("setup_decision_rights")


@only(rules.can_set_up_season)
def decision_right_new(request):
    row = season_or_404(request)
    form = forms.DecisionRightForm(request.POST or None, frozen=rules.is_frozen(row))
    return form_page(
        request, form,
        lambda: actions.add_decision_right(
            season=row, values=form.values, by=request.user, reason=form.reason
        ),
        title="Add a decision right", back=reverse("setup_decision_rights"), back_label="Decision rights",
    )  # fmt: skip


@only(rules.can_set_up_season)
def decision_right(request, pk):
    row = rules.decision_right_for(request.user, pk)
    form = forms.DecisionRightForm(request.POST or None, instance=row, frozen=rules.is_frozen(row.season))
    return form_page(
        request, form,
        lambda: actions.change_decision_right(
            right=row, values=form.values, by=request.user, reason=form.reason
        ),
        title=row.decision_type, back=reverse("setup_decision_rights"), back_label="Decision rights",
    )  # fmt: skip


@only(rules.can_set_up_season)
def decision_right_remove(request, pk):
    row = rules.decision_right_for(request.user, pk)
    form = forms.ReasonForm(request.POST or None, frozen=rules.is_frozen(row.season))
    return form_page(
        request, form,
        lambda: actions.remove_decision_right(right=row, by=request.user, reason=form.reason),
        title=f"Remove “{row.decision_type}”?", back=reverse("setup_decision_rights"),
        back_label="Decision rights", submit="Remove it", done="The decision right is removed.",
    )  # fmt: skip
