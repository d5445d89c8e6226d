"""Goals: drafted by their owner and the cabinet, published by the cabinet, measured from the start."""

from decimal import Decimal

from django.shortcuts import get_object_or_404

from people.models import Post, User
from people.rules import is_cabinet, is_steward

from ..arithmetic import is_improvement
from ..models import Goal, Measure, Problem, RootCause, Season
from .season import has_drafting_opened

GONE_ON = (
    "Drafting has opened, and proposals build on this goal. To change it all the same, give a reason; "
    "it appears in the integrity log that everybody reads."
)


def can_draft_goal(user: User) -> bool:
    """Cabinet, steward, research partner, and whoever speaks for a unit."""
    return is_cabinet(user) or is_steward(user) or user.holds(Post.Role.RESEARCH) or bool(user.spoken_for_ids)


def can_change_goal(user: User, goal: Goal) -> bool:
    """Cabinet and steward, and whoever speaks for the owning unit."""
    return is_cabinet(user) or is_steward(user) or user.speaks_for(goal.owner_id)


def can_change_problem(user: User, problem: Problem) -> bool:
    return is_cabinet(user) or is_steward(user) or user.speaks_for(problem.owner_id)


def can_publish_goal(user: User) -> bool:
    """The superintendent and the cabinet adopt goals."""
    return is_cabinet(user)


def goal_for(user: User, pk: int) -> Goal:
    """A published goal, or a draft of one's own unit; the one door to goals."""
    return get_object_or_404(
        Goal.objects.visible_to(user).select_related("season", "problem", "owner"), pk=pk
    )


def problem_for(user: User, pk: int) -> Problem:
    """A problem of a season; everybody may read it."""
    return get_object_or_404(Problem.objects.select_related("season", "owner"), pk=pk)


def measure_for(user: User, pk: int) -> Measure:
    """A measure of a goal that the person may read."""
    rows = Measure.objects.filter(goal__in=Goal.objects.visible_to(user))
    return get_object_or_404(rows.select_related("goal__season", "goal__owner"), pk=pk)


def cause_for(user: User, pk: int) -> RootCause:
    rows = RootCause.objects.filter(goal__in=Goal.objects.visible_to(user))
    return get_object_or_404(rows.select_related("goal__season", "goal__owner"), pk=pk)


def blockers_to_write_goal(season: Season, code: str, goal: Goal | None = None) -> list[str]:
    if season.goals.filter(code__iexact=code).exclude(pk=goal.pk if goal else 0).exists():
        return [f"There is a goal {code} already. Choose another code."]
    return []


def blockers_to_change_goal(goal: Goal, reason: str) -> list[str]:
    """A published goal stands once drafting opened, unless a reason is given."""
    if goal.published_on and has_drafting_opened(goal.season) and not reason.strip():
        return [GONE_ON]
    return []


def blockers_to_publish_goal(goal: Goal) -> list[str]:
    """A goal says from where to where, by when, and where the numbers come from."""
    if goal.published_on:
        return ["This goal is published already."]
    measures = list(goal.measures.all())
    if not any(measure.kind == Measure.Kind.OUTCOME for measure in measures):
        return ["The goal has no outcome measure. Add one with its baseline, target and source."]
    return [reason for measure in measures for reason in _blockers_of_measure(measure)]


def _blockers_of_measure(measure: Measure) -> list[str]:
    reasons = []
    if not measure.baseline_period.strip():
        reasons.append(f"{measure.code} does not say when its baseline was measured. Add the period.")
    if not measure.source.strip():
        reasons.append(f"{measure.code} has no source. Say where its numbers come from.")
    if not is_improvement(measure.direction, measure.baseline, measure.target):
        words = "not lower" if measure.direction == Measure.Direction.LOWER else "not higher"
        reasons.append(
            f"The target of {measure.code} is {words} than its baseline. Check target and direction."
        )
    return reasons


def blockers_to_unpublish_goal(goal: Goal) -> list[str]:
    if not goal.published_on:
        return ["This goal is not published."]
    if has_drafting_opened(goal.season):
        return ["Drafting has opened, and proposals build on this goal. It stays published."]
    return []


def blockers_to_remove_goal(goal: Goal) -> list[str]:
    if goal.published_on:
        return ["This goal is published. Take it back to draft first."]
    return []


def blockers_to_write_measure(
    season: Season, code: str, target_type: str, stated: Decimal | None, measure: Measure | None = None
) -> list[str]:
    reasons = []
    if season.measures.filter(code__iexact=code).exclude(pk=measure.pk if measure else 0).exists():
        reasons.append(f"There is a measure {code} already. Choose another code.")
    if stated is None:
        what = "target value" if target_type == Measure.TargetType.ABSOLUTE else "change"
        reasons.append(f"The {what} is missing. Write it as a number, such as −5.")
    return reasons
