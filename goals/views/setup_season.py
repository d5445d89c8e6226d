"""Setting up the season: its rules, stages, principles, decision rights and working agreement."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from activity import clock
from activity.form_page import form_page
from activity.refused import refusals_as_messages
from people.access import only

from .. import actions, forms, rules
from ..shown import season_or_404, season_shown


@only(rules.can_set_up_season)
def season(request):
    row = season_shown(request)
    if row is None:
        return redirect("setup_season_new")
    form = forms.SeasonForm(request.POST or None, instance=row, frozen=rules.is_frozen(row))
    return form_page(
        request, form,
        lambda: actions.change_season(
            season=row, values=form.values, by=request.user, reason=form.reason
        ),
        title=f"Rules of season {row.name}", back=reverse("setup"), back_label="Set up",
        lede="Published before drafting opens. What earns points, who rates, and the last days.",
    )  # fmt: skip


@only(rules.can_set_up_season)
def season_new(request):
    form = forms.NewSeasonForm(request.POST or None, initial=_next_year())
    return form_page(
        request, form,
        lambda: actions.create_season(by=request.user, **form.cleaned_data),
        title="Begin a season", back=reverse("setup"), back_label="Set up", submit="Begin",
        done="The season has begun. Lay out its calendar next.",
        lede="A season plans the new investments of one fiscal year. All pages will show the newest season.",
    )  # fmt: skip


@only(rules.can_set_up_season)
def stages(request):
    row = season_or_404(request)
    context = {"stages": row.all_stages, "warnings": rules.stage_warnings(row.all_stages)}
    return render(request, "goals/setup_stages.html", context)


@only(rules.can_set_up_season)
def stages_usual(request):
    row = season_or_404(request)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.lay_out_usual_stages(season=row, by=request.user)
            messages.success(request, "The usual calendar is laid out. Check it against holidays.")
    return redirect("setup_stages")


@only(rules.can_set_up_season)
def stage_new(request):
    row = season_or_404(request)
    form = forms.StageForm(request.POST or None, frozen=rules.is_frozen(row))
    return form_page(
        request, form,
        lambda: actions.add_stage(season=row, values=form.values, by=request.user, reason=form.reason),
        title="Add a stage", back=reverse("setup_stages"), back_label="Calendar",
    )  # fmt: skip


@only(rules.can_set_up_season)
def stage(request, pk):
    row = rules.stage_for(request.user, pk)
    form = forms.StageForm(request.POST or None, instance=row, frozen=rules.is_frozen(row.season))
    return form_page(
        request, form,
        lambda: actions.change_stage(stage=row, values=form.values, by=request.user, reason=form.reason),
        title=row.name, back=reverse("setup_stages"), back_label="Calendar",
    )  # fmt: skip


@only(rules.can_set_up_season)
def stage_remove(request, pk):
    row = rules.stage_for(request.user, pk)
    form = forms.ReasonForm(request.POST or None, frozen=rules.is_frozen(row.season))
    return form_page(
        request, form,
        lambda: actions.remove_stage(stage=row, by=request.user, reason=form.reason),
        title=f"Remove “{row.name}”?", back=reverse("setup_stages"), back_label="Calendar",
        submit="Remove the stage", done="The stage is removed.",
        lede="What could be done in it can then no longer be done, unless another stage allows it.",
    )  # fmt: skip


@only(rules.can_set_up_season)
def agreement(request):
    row = season_or_404(request)
    there = getattr(row, "agreement", None)
    form = forms.AgreementForm(request.POST or None, instance=there, frozen=rules.is_frozen(row))
    return form_page(
        request, form,
        lambda: actions.set_agreement(
            season=row, text=form.values["text"], by=request.user, reason=form.reason
        ),
        title="Working agreement", back=reverse("setup"), back_label="Set up",
        lede="How we treat each other's work. Everybody reads it on How we decide.",
    )  # fmt: skip


def _next_year() -> dict:
    """The fiscal year that is planned now: it begins next July."""
    today = clock.today()
    year = today.year + 1 if today.month >= 7 else today.year
    year += 1 if today.month in (5, 6) else 0
    return {
        "name": f"FY{(year + 1) % 100:02d}",
        "fiscal_year_starts": date(year, 7, 1),
        "fiscal_year_ends": date(year + 1, 6, 30),
    }
