"""Principles, decision rights and the working agreement."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity.changes import in_words, put
from activity.refused import Refused, refuse_if
from people.models import User

from ..models import Agreement, DecisionRight, Principle, Season
from .frozen import open_rules, record_rule

PRINCIPLE_FIELDS = ("text", "meaning", "adopted_on")
RIGHT_FIELDS = ("decision_type", "recommend", "input", "agree", "perform", "decide", "adopt", "note")

# A first set in the words of RAPID: recommend, agree, perform, input, decide.
USUAL_RIGHTS = [
    {
        "decision_type": "Which proposals are funded", "recommend": "Sponsors",
        "input": "All departments and reviewers", "agree": "Asked departments",
        "perform": "Owners after the decision", "decide": "Superintendent and CFO after cabinet discussion",
        "adopt": "Board", "note": "A decline can be overridden with a written reason that is published.",
    },
    {
        "decision_type": "Goals and measures of the season", "recommend": "Goal owner with research",
        "input": "Cabinet, schools, families", "agree": "Cabinet", "perform": "Goal owner",
        "decide": "Superintendent", "adopt": "Board",
        "note": "A goal without baseline or source is not published.",
    },
    {
        "decision_type": "Condition set by an asked department", "recommend": "Asked department",
        "input": "Sponsors", "agree": "Sponsors accept or refuse", "perform": "Both",
        "decide": "Superintendent and CFO when not accepted",
    },
    {
        "decision_type": "Change of stage dates", "recommend": "Anybody", "input": "All participants",
        "agree": "Process steward", "perform": "Process steward", "decide": "Superintendent",
        "note": "Recorded in the integrity log; applies to everybody.",
    },
    {
        "decision_type": "Continue, expand, adapt, reduce or stop an investment",
        "recommend": "Investment owner with research partner", "input": "Partners and affected schools",
        "perform": "Investment owner", "decide": "Cabinet at the review",
        "note": "Default: ends unless renewed.",
    },
]  # fmt: skip


@transaction.atomic
def add_principle(*, season: Season, values: Mapping[str, Any], by: User, reason: str = "") -> Principle:
    """Add a guiding principle; it gets the next number. Raises Refused."""
    season = open_rules(season, by, reason)
    last = season.principles.order_by("-number").first()
    principle = Principle(season=season, number=last.number + 1 if last else 1)
    put(principle, values, PRINCIPLE_FIELDS)
    principle.save(force_insert=True)
    record_rule("add", principle, f"added principle {principle}", season=season, by=by, reason=reason)
    return principle


@transaction.atomic
def change_principle(
    *, principle: Principle, values: Mapping[str, Any], by: User, reason: str = ""
) -> Principle:
    """Change the wording of a principle. Raises Refused."""
    season = open_rules(principle.season, by, reason)
    principle = Principle.objects.select_for_update(of=("self",)).get(pk=principle.pk)
    changed = put(principle, values, PRINCIPLE_FIELDS)
    if changed:
        principle.save(update_fields=changed)
        sentence = f"changed principle {principle.number}"
        record_rule("change", principle, sentence, season=season, by=by, reason=reason, **changed)
    return principle


@transaction.atomic
def remove_principle(*, principle: Principle, by: User, reason: str = "") -> None:
    """Remove a principle; the numbers of the others stay, since texts refer to them. Raises Refused."""
    season = open_rules(principle.season, by, reason)
    record_rule("remove", principle, f"removed principle {principle}", season=season, by=by, reason=reason)
    removed, _rows = Principle.objects.filter(pk=principle.pk).delete()
    refuse_if([] if removed else ["This principle is gone already."])


@transaction.atomic
def add_decision_right(
    *, season: Season, values: Mapping[str, Any], by: User, reason: str = ""
) -> DecisionRight:
    """Say who decides one type of decision. Raises Refused."""
    season = open_rules(season, by, reason)
    refuse_if(_blockers_to_name(season, str(values["decision_type"])))
    right = DecisionRight(season=season)
    put(right, values, RIGHT_FIELDS)
    right.save(force_insert=True)
    record_rule("add", right, f"added decision right “{right}”", season=season, by=by, reason=reason)
    return right


@transaction.atomic
def change_decision_right(
    *, right: DecisionRight, values: Mapping[str, Any], by: User, reason: str = ""
) -> DecisionRight:
    """Change who decides. Raises Refused."""
    season = open_rules(right.season, by, reason)
    right = DecisionRight.objects.select_for_update(of=("self",)).get(pk=right.pk)
    changed = put(right, values, RIGHT_FIELDS)
    refuse_if(_blockers_to_name(season, right.decision_type, right))
    if changed:
        right.save(update_fields=changed)
        sentence = f"changed {in_words(right, changed)} of decision right “{right}”"
        record_rule("change", right, sentence, season=season, by=by, reason=reason, **changed)
    return right


@transaction.atomic
def remove_decision_right(*, right: DecisionRight, by: User, reason: str = "") -> None:
    season = open_rules(right.season, by, reason)
    record_rule("remove", right, f"removed decision right “{right}”", season=season, by=by, reason=reason)
    removed, _rows = DecisionRight.objects.filter(pk=right.pk).delete()
    refuse_if([] if removed else ["This decision right is gone already."])


@transaction.atomic
def use_usual_decision_rights(*, season: Season, by: User) -> list[DecisionRight]:
    """Begin with the usual decision rights, to be changed one by one. Raises Refused."""
    season = open_rules(season, by)
    if season.decision_rights.exists():
        raise Refused("There are decision rights already. Change them one by one.")
    rights = DecisionRight.objects.bulk_create(
        DecisionRight(season=season, **values) for values in USUAL_RIGHTS
    )
    record_rule("add", season, "began with the usual decision rights", season=season, by=by)
    return rights


@transaction.atomic
def set_agreement(*, season: Season, text: str, by: User, reason: str = "") -> Agreement:
    """Write the working agreement. Raises Refused."""
    season = open_rules(season, by, reason)
    agreement = Agreement.objects.filter(season=season).first() or Agreement(season=season)
    if agreement.text != text:
        old, agreement.text = agreement.text, text
        agreement.save()
        record_rule(
            "change", agreement, "wrote the working agreement", season=season, by=by, reason=reason, old=old
        )
    return agreement


def _blockers_to_name(season: Season, name: str, right: DecisionRight | None = None) -> list[str]:
    others = season.decision_rights.exclude(pk=right.pk if right else 0)
    if others.filter(decision_type__iexact=name).exists():
        return [f"“{name}” stands in the list already. Change that line instead."]
    return []
