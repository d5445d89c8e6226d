"""Goals and problems: the list, the problem page, and the forms behind them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_as_messages
from people.access import members, only

from .. import actions, forms, rules
from ..models import Goal
from ..reading import goals_for, problems_of
from ..shown import season_or_404, season_shown


@members
def goals(request):
    season = season_shown(request)
    context = {
        "goals": goals_for(request.user, season),
        "problems": problems_of(season),
        "may_draft": season is not None and rules.can_draft_goal(request.user),
    }
    return render(request, "goals/goals.html", context)


@members
def problem(request, pk):
    row = rules.problem_for(request.user, pk)
    context = {
        "problem": row,
        "goals": Goal.objects.visible_to(request.user).filter(problem=row).select_related("owner"),
        "may_change": rules.can_change_problem(request.user, row),
    }
    return render(request, "goals/problem.html", context)


@only(rules.can_draft_goal)
def problem_new(request):
    season = season_or_404(request)
    form = forms.ProblemForm(request.POST or None, initial={"owner": request.user.unit_id})
    return form_page(
        request, form,
        lambda: actions.add_problem(season=season, values=form.cleaned_data, by=request.user),
        title="Name a problem", back=reverse("goals"), back_label="Goals",
        lede="What is wrong, for whom, and how we know. Goals answer problems.",
    )  # fmt: skip


@members
def problem_edit(request, pk):
    row = rules.problem_for(request.user, pk)
    form = forms.ProblemForm(request.POST or None, instance=row)
    return form_page(
        request, form,
        lambda: actions.change_problem(problem=row, values=form.cleaned_data, by=request.user),
        title=f"Change problem {row.code}", back=reverse("problem", args=[pk]), back_label=row.title,
    )  # fmt: skip


@only(rules.can_draft_goal)
def goal_new(request):
    season = season_or_404(request)
    if request.method == "GET" and not season.problems.exists():
        messages.info(request, "A goal answers a problem. Name the problem first.")
        return redirect("problem_new")
    first = {
        "code": lambda: f"G{season.goals.count() + 1}", "problem": request.GET.get("problem"),
        "owner": request.user.unit_id,
    }  # fmt: skip
    form = forms.GoalForm(request.POST or None, season=season, initial=first)
    made = []
    page = form_page(
        request, form,
        lambda: made.append(actions.add_goal(season=season, values=form.values, by=request.user)),
        title="Draft a goal", back=reverse("goals"), back_label="Goals", submit="Save the draft",
        lede="Say what will change. The measures come next; without them it cannot be published.",
        done="The draft is saved. Add its measure now.",
    )  # fmt: skip
    return redirect("goal", made[0].pk) if made else page


@members
def goal_edit(request, pk):
    row = rules.goal_for(request.user, pk)
    _may_change(request, row)
    form = forms.GoalForm(
        request.POST or None, instance=row, season=row.season, frozen=_frozen(row),
        initial={"partners": row.partners.all()},
    )  # fmt: skip
    return form_page(
        request, form,
        lambda: actions.change_goal(goal=row, values=form.values, by=request.user, reason=form.reason),
        title=f"Change goal {row.code}", back=reverse("goal", args=[pk]), back_label=row.title,
    )  # fmt: skip


@only(rules.can_publish_goal)
def goal_publish(request, pk):
    row = rules.goal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.publish_goal(goal=row, by=request.user)
            messages.success(request, f"Goal {row.code} is published. Proposals may build on it.")
    return redirect("goal", pk)


@only(rules.can_publish_goal)
def goal_unpublish(request, pk):
    row = rules.goal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.unpublish_goal(goal=row, by=request.user)
            messages.success(request, f"Goal {row.code} is a draft again.")
    return redirect("goal", pk)


@members
def goal_remove(request, pk):
    row = rules.goal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_goal(goal=row, by=request.user)
            messages.success(request, f"The draft of goal {row.code} is removed.")
            return redirect("goals")
    return redirect("goal", pk)


def _frozen(goal: Goal) -> bool:
    return goal.published_on is not None and rules.has_drafting_opened(goal.season)


def _may_change(request, goal: Goal) -> None:
    """A form that could never be saved is not shown."""
    if not rules.can_change_goal(request.user, goal):
        raise Http404
