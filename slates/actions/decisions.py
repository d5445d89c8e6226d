"""Deciding on proposals: outcome and reason, private until the release."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import allow, refuse_if
from people.models import User
from proposals.models import Proposal
from proposals.workflow import ON_THE_TABLE

from .. import rules
from ..models import Decision, Override, Slate
from ..outcomes import problem_with
from ..sheet import Sheet
from .locking import locked, sheet_of

NOT_A_DECIDER = "Only the superintendent and the CFO decide."


@dataclass(frozen=True)
class Choice:
    """What is decided on one proposal. `None` for the numbers of principles leaves them as they are."""

    proposal_id: int
    outcome: str
    reason: str
    override_reason: str = ""
    review_year: int | None = None
    served: tuple[int, ...] | None = None
    strained: tuple[int, ...] | None = None


@transaction.atomic
def decide(*, slate: Slate, choices: Sequence[Choice], by: User) -> int:
    """Set the decision of each named proposal on this slate; returns how many changed."""
    slate = locked(slate)
    allow(rules.can_decide(by), NOT_A_DECIDER)
    refuse_if(rules.blockers_to_edit(slate))
    sheet = sheet_of(slate)
    refuse_if([sentence for choice in choices for sentence in _problems(sheet, choice)])
    refuse_if(rules.blockers_by_own_unit(sheet, [c.proposal_id for c in choices if _differs(sheet, c)], by))
    return _decided(sheet, choices, by)


@transaction.atomic
def decide_rest(*, slate: Slate, outcome: str, reason: str, by: User) -> int:
    """The same outcome and reason for all that are not on the slate and have no decision yet.

    What a unit of the person sponsors is left for the other decider.
    """
    slate = locked(slate)
    allow(rules.can_decide(by), NOT_A_DECIDER)
    refuse_if(rules.blockers_to_edit(slate))
    sheet = sheet_of(slate)
    own = rules.own_proposals(sheet, by)
    choices = [Choice(p.pk, outcome, reason) for p in rules.undecided_rest(sheet) if p.pk not in own]
    refuse_if([sentence for choice in choices for sentence in _problems(sheet, choice)])
    return _decided(sheet, choices, by)


@transaction.atomic
def override_finding(*, slate: Slate, key: str, reason: str, by: User, also: Sequence[str] = ()) -> None:
    """Let a finding pass, and others with the same reason, which is published at the release."""
    slate = locked(slate)
    keys = list(dict.fromkeys([key, *also]))
    allow(rules.can_override(by), "Only the CFO lets a finding pass.")
    sheet = sheet_of(slate)
    refuse_if(rules.blockers_to_override(sheet, keys))
    refuse_if([] if reason.strip() else ["Say why; the reason is published with the decisions."])
    slate.overrides.filter(finding_key__in=keys).delete()
    said = {"reason": reason.strip(), "overridden_at": clock.now(), "overridden_by": by}
    found = rules.may_pass(sheet)
    Override.objects.bulk_create(
        Override(slate=slate, finding_key=k, amount_cents=found[k].amount, **said) for k in keys
    )
    sentence = f"let {', '.join(keys)} pass on “{slate.name}”: {reason.strip()}"
    record("override finding", slate, sentence, by=by, integrity=True, private=True)


@transaction.atomic
def take_back_override(*, slate: Slate, key: str, by: User) -> None:
    """The finding stands again."""
    slate = locked(slate)
    allow(rules.can_override(by), "Only the CFO lets a finding pass.")
    refuse_if(rules.blockers_to_edit(slate))
    slate.overrides.filter(finding_key=key).delete()
    sentence = f"took back the override of {key} on “{slate.name}”"
    record("take back override", slate, sentence, by=by, integrity=True, private=True)


def _problems(sheet: Sheet, choice: Choice) -> list[str]:
    proposal = sheet.by_pk.get(choice.proposal_id)
    if proposal is None or proposal.status not in ON_THE_TABLE:
        return ["A proposal is no longer on the table. Reload the page."]
    problems = problems_of(sheet, proposal, choice.outcome, choice.reason, choice.override_reason)
    if sheet.newest_version_of(proposal) is None:
        problems["outcome"] = "It was never submitted, so there is nothing to decide on."
    return [f"{proposal.code}: {sentence}" for sentence in problems.values()]


def problems_of(
    sheet: Sheet, proposal: Proposal, outcome: str, reason: str, override_reason: str
) -> dict[str, str]:
    """Sentences by field, for the form and the verb alike."""
    if outcome not in Decision.Outcome.values:
        return {"outcome": "Choose an outcome."}
    if not reason.strip():
        return {"reason": "Every decision has a reason; it is published."}
    return problem_with(
        outcome,
        is_on=bool(sheet.money_on(proposal).total),
        in_part=sheet.is_in_part(proposal),
        declined=bool(sheet.declined(proposal)),
        override_reason=override_reason,
    )


def _decided(sheet: Sheet, choices: Sequence[Choice], by: User) -> int:
    """Write what differs from what stands; one Entry for the act."""
    now = clock.now()
    rows = {c.proposal_id: sheet.decisions.get(c.proposal_id) or Decision(slate=sheet.slate) for c in choices}
    new: list[Decision] = []
    changed: list[Decision] = []
    for choice in choices:
        decision = rows[choice.proposal_id]
        if _filled(decision, choice, sheet):
            decision.decided_at = now
            (changed if decision.pk else new).append(decision)
    Decision.objects.bulk_create(new)
    names = (*_COLUMNS, "overrides_decline", "version", "decided_at")
    if changed:
        Decision.objects.bulk_update(changed, names)
    _say_who(new + changed, by)
    if touched := len(new) + len(changed):
        sentence = f"decided on {touched} proposal{'' if touched == 1 else 's'} on “{sheet.slate.name}”"
        codes = {sheet.by_pk[c.proposal_id].code: c.outcome for c in choices}
        record("decide", sheet.slate, sentence, by=by, private=True, outcomes=codes)
    return touched


_COLUMNS = ("outcome", "reason", "override_reason", "review_year", "served", "strained")


def _filled(decision: Decision, choice: Choice, sheet: Sheet) -> bool:
    """Put the choice on the row; False when nothing differs."""
    values = _values(decision, choice, sheet)
    differs = any(getattr(decision, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(decision, name, value)
    return differs or decision.pk is None


def _differs(sheet: Sheet, choice: Choice) -> bool:
    """Would the choice change what stands?"""
    decision = sheet.decisions.get(choice.proposal_id)
    if decision is None:
        return True
    return any(getattr(decision, n) != v for n, v in _values(decision, choice, sheet).items())


def _values(decision: Decision, choice: Choice, sheet: Sheet) -> dict[str, object]:
    proposal = sheet.by_pk[choice.proposal_id]
    declined = choice.outcome in Decision.FUNDING and bool(sheet.declined(proposal))
    return {
        "outcome": choice.outcome,
        "reason": choice.reason.strip(),
        "override_reason": choice.override_reason.strip() if declined else "",
        "overrides_decline": declined,
        "review_year": choice.review_year or decision.review_year,
        "served": decision.served if choice.served is None else sorted(choice.served),
        "strained": decision.strained if choice.strained is None else sorted(choice.strained),
        "version_id": sheet.newest_version_of(proposal),
    }


def _say_who(decisions: list[Decision], by: User) -> None:
    """Who decided last stands with the decision; one person does until the release."""
    rows = Decision.decided_by.through.objects
    several = [d.pk for d in decisions if len(d.deciders) > 1]  # as a workbook may say
    rows.filter(decision__in=several).delete()
    rows.filter(decision__in=[d.pk for d in decisions if len(d.deciders) == 1]).update(user=by)
    rows.bulk_create(rows.model(decision=d, user=by) for d in decisions if len(d.deciders) != 1)
