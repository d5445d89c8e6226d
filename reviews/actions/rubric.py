"""Setting up the rubric: criteria with weights, and what each rating looks like."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import CharField, ProtectedError
from django.db.models.functions import Cast

from activity.changes import in_words, put
from activity.refused import Refused, refuse_if
from goals.actions.frozen import open_rules, record_rule
from goals.models import Season
from people.models import User

from ..models import Criterion, Rubric
from ..rules.rubric import CriterionLine, blockers_to_set_rubric
from .usual_rubric import USUAL

FIELDS = ("name", "question", "anchors")


@transaction.atomic
def set_rubric(*, season: Season, lines: Sequence[CriterionLine], by: User, reason: str = "") -> Rubric:
    """Set names, weights and the gate of all criteria at once; the ones left out go. Raises Refused."""
    season = open_rules(season, by, reason)
    refuse_if(blockers_to_set_rubric(lines))
    rubric, _new = Rubric.objects.get_or_create(season=season)
    there = {criterion.pk: criterion for criterion in rubric.criteria.select_for_update()}
    if any(line.key is not None and line.key not in there for line in lines):
        raise Refused("A criterion was removed meanwhile. Please reload the page.")
    old = {c.name: f"{c.weight.normalize():f}" for c in there.values()}
    _remove([there[key] for key in there.keys() - {line.key for line in lines}])
    _write(rubric, there, lines)
    new = {line.name: f"{line.weight.normalize():f}" for line in lines}
    record_rule(
        "set", rubric, f"set the rubric to {', '.join(f'{name} {weight}' for name, weight in new.items())}",
        season=season, by=by, reason=reason, old=old, new=new,
    )  # fmt: skip
    return rubric


@transaction.atomic
def change_criterion(
    *, criterion: Criterion, values: Mapping[str, Any], by: User, reason: str = ""
) -> Criterion:
    """Change the wording of a criterion and its anchors. Raises Refused."""
    season = open_rules(criterion.rubric.season, by, reason)
    criterion = Criterion.objects.select_for_update(of=("self",)).get(pk=criterion.pk)
    others = Criterion.objects.filter(rubric=criterion.rubric_id).exclude(pk=criterion.pk)
    if others.filter(name__iexact=values.get("name", criterion.name)).exists():
        raise Refused("Another criterion has this name. Choose a different one.")
    changed = put(criterion, values, FIELDS)
    if changed:
        criterion.save(update_fields=changed)
        sentence = f"changed {in_words(criterion, changed)} of criterion “{criterion}”"
        record_rule("change", criterion, sentence, season=season, by=by, reason=reason, **changed)
    return criterion


@transaction.atomic
def use_usual_rubric(*, season: Season, by: User, reason: str = "") -> Rubric:
    """Begin with a usual rubric of six criteria, to be changed. Raises Refused."""
    season = open_rules(season, by, reason)
    rubric, _new = Rubric.objects.get_or_create(season=season)
    if rubric.criteria.exists():
        raise Refused("There are criteria already. Change them one by one.")
    Criterion.objects.bulk_create(
        Criterion(rubric=rubric, order=order, **values) for order, values in enumerate(USUAL, 1)
    )
    record_rule("set", rubric, "began with the usual rubric", season=season, by=by, reason=reason)
    return rubric


def _write(rubric: Rubric, there: Mapping[int, Criterion], lines: Sequence[CriterionLine]) -> None:
    """Names and the gate are unique and may be swapped: first let go of both."""
    rubric.criteria.update(is_gate=False, name=Cast("pk", CharField(max_length=120)))
    written = []
    for order, line in enumerate(lines, 1):
        criterion = (there.get(line.key) if line.key else None) or Criterion(
            rubric=rubric, question="", anchors={}
        )
        criterion.name, criterion.weight = line.name, line.weight
        criterion.order, criterion.is_gate = order, line.is_gate
        written.append(criterion)
    Criterion.objects.bulk_update([c for c in written if c.pk], ["name", "weight", "order", "is_gate"])
    Criterion.objects.bulk_create([c for c in written if not c.pk])


def _remove(criteria: Sequence[Criterion]) -> None:
    for criterion in criteria:
        try:
            criterion.delete()
        except ProtectedError:
            raise Refused(
                f"“{criterion}” was rated already, so it stays in the rubric. Lower its weight instead."
            ) from None
