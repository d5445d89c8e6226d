"""Goals: drafted, published, and then changed only with a reason."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from activity import clock
from activity.actions import record
from activity.changes import in_words, put
from activity.refused import Refused, allow, refuse_if
from people.models import User

from .. import rules
from ..models import Goal, Season

FIELDS = (
    "code", "title", "statement", "problem", "owner", "sets_priorities", "controls_actions",
    "by_date", "note",
)  # fmt: skip

WHO = "Only the owning unit, the cabinet and the steward change this goal."


def open_goal(goal: Goal, by: User, reason: str = "") -> Goal:
    """Lock a goal, check the right and, once proposals build on it, the reason. Raises Refused."""
    goal = Goal.objects.select_for_update(of=("self",)).select_related("season", "owner").get(pk=goal.pk)
    allow(rules.can_change_goal(by, goal), WHO)
    refuse_if(rules.blockers_to_change_goal(goal, reason))
    return goal


def record_goal(
    verb: str, subject: models.Model, sentence: str, *, goal: Goal, by: User, reason: str = "", **details
) -> None:
    """The Entry of a change; of a published goal after drafting opened, it is an integrity event."""
    if goal.published_on and rules.has_drafting_opened(goal.season):
        details["reason"] = reason
        record(verb, subject, f"{sentence}. Reason: {reason}", by=by, integrity=True, **details)
    else:
        record(verb, subject, sentence, by=by, **details)


@transaction.atomic
def add_goal(*, season: Season, values: Mapping[str, Any], by: User) -> Goal:
    """Draft a goal. Raises Refused."""
    season = Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    goal = Goal(season=season)
    put(goal, values, FIELDS)
    _refuse_past(goal)
    allow(
        rules.can_draft_goal(by) and rules.can_change_goal(by, goal),
        "You may draft goals that your own unit owns. Ask the cabinet to draft this one.",
    )
    refuse_if(rules.blockers_to_write_goal(season, goal.code))
    goal.save(force_insert=True)
    links = Goal.partners.through
    links.objects.bulk_create(links(goal=goal, unit=unit) for unit in values.get("partners") or ())
    record("draft", goal, f"drafted goal {goal}", by=by)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, values: Mapping[str, Any], by: User, reason: str = "") -> Goal:
    """Change a goal. Raises Refused."""
    goal = open_goal(goal, by, reason)
    changed = put(goal, values, FIELDS)
    if "by_date" in changed:
        _refuse_past(goal)
    refuse_if(rules.blockers_to_write_goal(goal.season, goal.code, goal))
    words = in_words(goal, changed)
    if "partners" in values and set(goal.partners.all()) != set(values["partners"]):
        goal.partners.set(values["partners"])
        words = f"{words} and partners" if words else "partners"
    if changed:
        goal.save(update_fields=changed)
    if words:
        sentence = f"changed {words} of goal {goal.code}"
        record_goal("change", goal, sentence, goal=goal, by=by, reason=reason, **changed)
    return goal


def _refuse_past(goal: Goal) -> None:
    if goal.by_date and goal.by_date < clock.today():
        raise Refused("“To be met by” has passed already. Choose a later day.")


@transaction.atomic
def publish_goal(*, goal: Goal, by: User) -> Goal:
    """Adopt a goal: everybody sees it, and proposals may build on it. Raises Refused."""
    goal = Goal.objects.select_for_update(of=("self",)).select_related("season").get(pk=goal.pk)
    allow(rules.can_publish_goal(by), "Only the superintendent and the cabinet publish goals.")
    refuse_if(rules.blockers_to_publish_goal(goal))
    goal.published_on = clock.today()
    goal.save(update_fields=["published_on"])
    late = rules.has_drafting_opened(goal.season)
    words = ", after drafting had opened" if late else ""
    record("publish", goal, f"published goal {goal}{words}", by=by, integrity=late)
    return goal


@transaction.atomic
def unpublish_goal(*, goal: Goal, by: User) -> Goal:
    """Take a goal back to draft, until drafting opens. Raises Refused."""
    goal = Goal.objects.select_for_update(of=("self",)).select_related("season").get(pk=goal.pk)
    allow(rules.can_publish_goal(by), "Only the superintendent and the cabinet take a goal back.")
    refuse_if(rules.blockers_to_unpublish_goal(goal))
    goal.published_on = None
    goal.save(update_fields=["published_on"])
    record("unpublish", goal, f"took goal {goal} back to draft", by=by)
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal, by: User) -> None:
    """Remove a draft that nobody wants. Raises Refused."""
    goal = open_goal(goal, by)
    refuse_if(rules.blockers_to_remove_goal(goal))
    record("remove", goal, f"removed the draft of goal {goal}", by=by)
    goal.delete()
