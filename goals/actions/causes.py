"""Root causes of a goal, and what was heard while listening."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity.actions import record
from activity.changes import in_words, put
from activity.keys import next_code
from activity.refused import allow, refuse_if
from people.models import User

from .. import rules
from ..models import Goal, ListeningNote, RootCause, Season
from .goals import open_goal, record_goal

FIELDS = ("description", "category", "status", "evidence")
NOTE_FIELDS = ("on", "place", "who_spoke", "people", "words", "goal")


@transaction.atomic
def add_cause(*, goal: Goal, values: Mapping[str, Any], by: User, reason: str = "") -> RootCause:
    """Add a cause, confirmed or ruled out; it gets the next code. Raises Refused."""
    goal = open_goal(goal, by, reason)
    taken = RootCause.objects.filter(goal__season=goal.season).values_list("code", flat=True)
    cause = RootCause(goal=goal, code=next_code("RC", taken))
    put(cause, values, FIELDS)
    cause.save(force_insert=True)
    record_goal("add", cause, f"added cause {cause} to goal {goal.code}", goal=goal, by=by, reason=reason)
    return cause


@transaction.atomic
def change_cause(*, cause: RootCause, values: Mapping[str, Any], by: User, reason: str = "") -> RootCause:
    """Change a cause, or rule it out. Raises Refused."""
    goal = open_goal(cause.goal, by, reason)
    cause = RootCause.objects.select_for_update(of=("self",)).get(pk=cause.pk)
    changed = put(cause, values, FIELDS)
    if changed:
        cause.save(update_fields=changed)
        sentence = f"changed {in_words(cause, changed)} of cause {cause.code}"
        record_goal("change", cause, sentence, goal=goal, by=by, reason=reason, **changed)
    return cause


@transaction.atomic
def remove_cause(*, cause: RootCause, by: User, reason: str = "") -> None:
    """Remove a cause that was entered by mistake. Raises Refused."""
    goal = open_goal(cause.goal, by, reason)
    sentence = f"removed cause {cause} of goal {goal.code}"
    record_goal("remove", cause, sentence, goal=goal, by=by, reason=reason)
    removed, _rows = RootCause.objects.filter(pk=cause.pk).delete()
    refuse_if([] if removed else ["This cause is gone already."])


@transaction.atomic
def add_note(*, season: Season, values: Mapping[str, Any], by: User) -> ListeningNote:
    """Keep what people said in their own words. Raises Refused."""
    season = Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    allow(rules.can_draft_goal(by), "Notes are kept by the cabinet, the steward, research and heads.")
    taken = season.listening_notes.values_list("code", flat=True)
    note = ListeningNote(season=season, code=next_code("L", taken), heard_by=by)
    put(note, values, NOTE_FIELDS)
    note.save(force_insert=True)
    record("add", note, f"noted what {note.who_spoke} said", by=by)
    return note
