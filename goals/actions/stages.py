"""The calendar of the season."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from activity.changes import in_words, put
from activity.refused import Refused, refuse_if
from people.models import User

from .. import rules
from ..arithmetic import usual_stages
from ..models import Season, Stage
from .frozen import open_rules, record_rule

FIELDS = ("name", "kind", "opens", "closes", "who_acts", "note")

# Deadline of the season, kind of the stage it follows, and whether it is its first or last day.
DEADLINES = [
    ("submission_due_on", Stage.Kind.DRAFTING, "closes"),
    ("answers_due_on", Stage.Kind.CONSULTATION, "closes"),
    ("revision_due_on", Stage.Kind.REVISION, "closes"),
    ("decision_meeting_on", Stage.Kind.DECISION, "opens"),
    ("decisions_published_on", Stage.Kind.DECISION, "closes"),
]


@transaction.atomic
def add_stage(*, season: Season, values: Mapping[str, Any], by: User, reason: str = "") -> Stage:
    """Add a stage; its place follows from its dates. Raises Refused."""
    season = open_rules(season, by, reason)
    refuse_if(rules.blockers_to_change_stage(values["opens"], values["closes"]))
    last = max((stage.order for stage in season.all_stages), default=0)
    stage = Stage(season=season, order=last + 1, **{name: values[name] for name in FIELDS if name in values})
    stage.save(force_insert=True)
    _put_in_order(season)
    record_rule("add", stage, f"added stage “{stage}” to the calendar", season=season, by=by, reason=reason)
    return stage


@transaction.atomic
def change_stage(*, stage: Stage, values: Mapping[str, Any], by: User, reason: str = "") -> Stage:
    """Change a stage's name or dates. Raises Refused."""
    season = open_rules(stage.season, by, reason)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    changed = put(stage, values, FIELDS)
    refuse_if(rules.blockers_to_change_stage(stage.opens, stage.closes))
    if changed:
        stage.save(update_fields=changed)
        _put_in_order(season)
        sentence = f"changed {in_words(stage, changed)} of stage “{stage}”"
        record_rule("change", stage, sentence, season=season, by=by, reason=reason, **changed)
    return stage


@transaction.atomic
def remove_stage(*, stage: Stage, by: User, reason: str = "") -> None:
    """Take a stage out of the calendar. Raises Refused."""
    season = open_rules(stage.season, by, reason)
    sentence = f"removed stage “{stage}” from the calendar"
    record_rule("remove", stage, sentence, season=season, by=by, reason=reason)
    removed, _rows = Stage.objects.filter(pk=stage.pk).delete()
    refuse_if([] if removed else ["This stage is gone already."])


@transaction.atomic
def lay_out_usual_stages(*, season: Season, by: User) -> list[Stage]:
    """Fill an empty calendar, and empty deadlines, from the fiscal year. Raises Refused."""
    season = open_rules(season, by)
    if season.all_stages:
        raise Refused("The calendar has stages already. Change them one by one.")
    planned = usual_stages(season.fiscal_year_starts)
    stages = Stage.objects.bulk_create(
        Stage(
            season=season, order=order, kind=plan.kind, name=plan.name,
            opens=plan.opens, closes=plan.closes, who_acts=plan.who_acts,
        )
        for order, plan in enumerate(planned, 1)
    )  # fmt: skip
    by_kind = {stage.kind: stage for stage in stages}
    empty = [
        (name, getattr(by_kind[kind], day)) for name, kind, day in DEADLINES if not getattr(season, name)
    ]
    for name, day in empty:
        # The meeting is on the second day, so that papers can be read on the first.
        setattr(season, name, day + timedelta(days=1) if name == "decision_meeting_on" else day)
    season.save(update_fields=[name for name, _day in empty] or ["name"])
    season.__dict__.pop("_all_stages", None)
    record_rule(
        "lay out", season, f"laid out the usual calendar of season {season}", season=season, by=by,
        reason="the calendar was empty",
    )  # fmt: skip
    return stages


def _put_in_order(season: Season) -> None:
    """Number the stages by their dates. Numbers are unique, so all move out of the way first."""
    stages = list(season.stages.order_by("opens", "closes", "order"))
    if [stage.order for stage in stages] == list(range(1, len(stages) + 1)):
        return
    season.stages.update(order=F("order") + 10_000)
    for order, stage in enumerate(stages, 1):
        stage.order = order
    Stage.objects.bulk_update(stages, ["order"])
