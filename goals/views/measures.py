"""Forms of what hangs on a goal: measures, causes, listening notes."""

from django.http import Http404
from django.urls import reverse

from activity.form_page import form_page
from people.access import members, only

from .. import actions, forms, rules
from ..forms.goal import milestones_of
from ..models import Goal
from ..shown import season_or_404


@members
def measure_new(request, pk):
    goal = _mine(request, rules.goal_for(request.user, pk))
    form = forms.MeasureForm(request.POST or None, frozen=_frozen(goal), initial=_first_values(goal))
    return form_page(
        request, form,
        lambda: actions.add_measure(
            goal=goal, values=_values(form), stated=form.values["stated"],
            milestones=form.milestones, by=request.user, reason=form.reason,
        ),
        title=f"Add a measure to {goal.code}", back=reverse("goal", args=[pk]), back_label=goal.title,
        lede="From where to where, by when. The target is computed from the change you state.",
    )  # fmt: skip


@members
def measure(request, pk):
    row = rules.measure_for(request.user, pk)
    goal = _mine(request, row.goal)
    form = forms.MeasureForm(
        request.POST or None, instance=row, frozen=_frozen(goal), initial=milestones_of(row)
    )
    return form_page(
        request, form,
        lambda: actions.change_measure(
            measure=row, values=_values(form), stated=form.values["stated"],
            milestones=form.milestones, by=request.user, reason=form.reason,
        ),
        title=f"Measure {row.code}", back=reverse("goal", args=[goal.pk]), back_label=goal.title,
    )  # fmt: skip


@members
def measure_remove(request, pk):
    row = rules.measure_for(request.user, pk)
    goal = _mine(request, row.goal)
    form = forms.ReasonForm(request.POST or None, frozen=_frozen(goal))
    return form_page(
        request, form,
        lambda: actions.remove_measure(measure=row, by=request.user, reason=form.reason),
        title=f"Remove measure {row.code}?", back=reverse("goal", args=[goal.pk]), back_label=goal.title,
        lede=row.name, submit="Remove the measure", done="The measure is removed.",
    )  # fmt: skip


@members
def cause_new(request, pk):
    goal = _mine(request, rules.goal_for(request.user, pk))
    form = forms.CauseForm(request.POST or None, frozen=_frozen(goal))
    return form_page(
        request, form,
        lambda: actions.add_cause(goal=goal, values=form.values, by=request.user, reason=form.reason),
        title=f"Add a cause to {goal.code}", back=reverse("goal", args=[pk]), back_label=goal.title,
        lede="Proposals say which causes they address. A cause that was examined and ruled out is kept too.",
    )  # fmt: skip


@members
def cause(request, pk):
    row = rules.cause_for(request.user, pk)
    goal = _mine(request, row.goal)
    form = forms.CauseForm(request.POST or None, instance=row, frozen=_frozen(goal))
    return form_page(
        request, form,
        lambda: actions.change_cause(cause=row, values=form.values, by=request.user, reason=form.reason),
        title=f"Cause {row.code}", back=reverse("goal", args=[goal.pk]), back_label=goal.title,
    )  # fmt: skip


@members
def cause_remove(request, pk):
    row = rules.cause_for(request.user, pk)
    goal = _mine(request, row.goal)
    form = forms.ReasonForm(request.POST or None, frozen=_frozen(goal))
    return form_page(
        request, form,
        lambda: actions.remove_cause(cause=row, by=request.user, reason=form.reason),
        title=f"Remove cause {row.code}?", back=reverse("goal", args=[goal.pk]), back_label=goal.title,
        lede=row.description, submit="Remove the cause", done="The cause is removed.",
    )  # fmt: skip


@only(rules.can_draft_goal)
def note_new(request):
    season = season_or_404(request)
    form = forms.NoteForm(
        request.POST or None, season=season, user=request.user, initial={"goal": request.GET.get("goal")}
    )
    return form_page(
        request, form,
        lambda: actions.add_note(season=season, values=form.cleaned_data, by=request.user),
        title="Keep what was heard", back=reverse("goals"), back_label="Goals",
        lede="In the words of those who spoke. Groups only: no student is named.",
    )  # fmt: skip


def _mine(request, goal: Goal) -> Goal:
    """The goal, where this person may change it."""
    if not rules.can_change_goal(request.user, goal):
        raise Http404
    return goal


def _frozen(goal: Goal) -> bool:
    return goal.published_on is not None and rules.has_drafting_opened(goal.season)


def _first_values(goal: Goal) -> dict:
    """A goal's first measure is G1a, the next G1b."""
    letter = chr(ord("a") + min(goal.measures.count(), 25))
    return {"code": f"{goal.code}{letter}", "kind": "outcome", "by_date": goal.by_date}


def _values(form) -> dict:
    """The columns of the measure; change and milestones go their own way."""
    return {name: value for name, value in form.values.items() if name in form.Meta.fields}
