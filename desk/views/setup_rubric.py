"""Setting up the rubric: weights and gate in one table, wording and anchors for each criterion."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on
from goals.rules import can_set_up_season, is_frozen
from goals.shown import season_or_404
from people.access import only
from reviews.actions.rubric import change_criterion, set_rubric, use_usual_rubric
from reviews.models import Criterion
from reviews.rules.rubric import criterion_for

from ..forms.rubric import CriterionForm, WeightsForm


@only(can_set_up_season)
def rubric(request):
    season = season_or_404(request)
    criteria = list(Criterion.objects.filter(rubric__season=season))
    form = WeightsForm(request.POST or None, criteria=criteria, frozen=is_frozen(season))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            set_rubric(season=season, lines=form.lines, by=request.user, reason=form.reason)
            messages.success(request, "The weights are saved. Check the wording of each criterion.")
            return redirect("setup_rubric")
    total = sum(criterion.weight for criterion in criteria)
    wordless = [criterion for criterion in criteria if not criterion.question or not criterion.anchors]
    context = {"form": form, "criteria": criteria, "total": total, "wordless": wordless}
    return render(request, "desk/setup_rubric.html", context)


@only(can_set_up_season)
def rubric_usual(request):
    season = season_or_404(request)
    if request.method == "POST":
        with refusals_as_messages(request):
            use_usual_rubric(season=season, by=request.user, reason="there was no rubric yet")
            messages.success(request, "This is the usual rubric. Change it to fit your district.")
    return redirect("setup_rubric")


@only(can_set_up_season)
def criterion(request, pk):
    row = criterion_for(request.user, pk)
    season = row.rubric.season
    form = CriterionForm(request.POST or None, criterion=row, season=season, frozen=is_frozen(season))
    return form_page(
        request, form,
        lambda: change_criterion(criterion=row, values=form.values, by=request.user, reason=form.reason),
        title=row.name, back=reverse("setup_rubric"), back_label="Rubric",
        lede="Reviewers see the question and what each rating looks like, so that all rate alike.",
    )  # fmt: skip
