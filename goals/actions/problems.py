"""Targeted problems, with their evidence."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity.actions import record
from activity.changes import in_words, put
from activity.keys import next_code
from activity.refused import allow
from people.models import User

from .. import rules
from ..models import Problem, Season

FIELDS = ("title", "description", "evidence", "cost_of_inaction", "needs_stated", "owner")

WHO = "Problems are written by the cabinet, the steward, research, and heads or deputies of units."


@transaction.atomic
def add_problem(*, season: Season, values: Mapping[str, Any], by: User) -> Problem:
    """Name a problem; it gets the next code. Raises Refused."""
    season = Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    allow(rules.can_draft_goal(by), WHO)
    problem = Problem(
        season=season, code=next_code("PB", season.problems.values_list("code", flat=True), digits=1)
    )
    put(problem, values, FIELDS)
    problem.save(force_insert=True)
    record("add", problem, f"named the problem {problem.code} “{problem}”", by=by)
    return problem


@transaction.atomic
def change_problem(*, problem: Problem, values: Mapping[str, Any], by: User) -> Problem:
    """Change a problem. Raises Refused."""
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    allow(rules.can_change_problem(by, problem), "Only the owning unit, the cabinet and the steward may.")
    changed = put(problem, values, FIELDS)
    if changed:
        problem.save(update_fields=changed)
        sentence = f"changed {in_words(problem, changed)} of problem {problem.code}"
        record("change", problem, sentence, by=by, **changed)
    return problem
