"""Deciding on proposals: outcome and reason, private until the release."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import allow, refuse_if
from goals.models import Principle
from people.models import User
from proposals.models import Proposal
from proposals.workflow import ON_THE_TABLE

from .. import rules
from ..models import Decision, Override, Slate
from ..outcomes import problem_with
from ..sheet import Sheet
from .locking import locked

NOT_A_DECIDER = "Only the superintendent and the CFO decide."


@dataclass(frozen=True)
class Choice:
    """What is decided on one proposal. `None` for principles leaves them as they are."""

    proposal_id: int
    outcome: str
    reason: str
    override_reason: str = ""
    review_year: int | None = None
    served: tuple[Principle, ...] | None = None
    strained: tuple[Principle, ...] | None = None


@transaction.atomic
def decide(*, slate: Slate, choices: Sequence[Choice], by: User) -> int:
    """Set the decision of each named proposal on this slate; returns how many changed."""
    slate = locked(slate)
    allow(rules.can_decide(by), NOT_A_DECIDER)
    refuse_if(rules.blockers_to_edit(slate))
    sheet = Sheet(slate)
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
    sheet = Sheet(slate)
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
    sheet = Sheet(slate)
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
    new: list[Decision] = []
    changed: list[Decision] = []
    for choice in choices:
        decision = sheet.decisions.get(choice.proposal_id) or Decision(slate=sheet.slate)
        if _filled(decision, choice, sheet):
            decision.decided_at = now
            (changed if decision.pk else new).append(decision)
    Decision.objects.bulk_create(new)
    names = (*_COLUMNS, "overrides_decline", "version", "decided_at")
    if changed:
        Decision.objects.bulk_update(changed, names)
    _say_who(new + changed, by)
    touched = max(len(new) + len(changed), _set_principles(sheet, choices))
    if touched:
        sentence = f"decided on {touched} proposal{'' if touched == 1 else 's'} on “{sheet.slate.name}”"
        codes = {sheet.by_pk[c.proposal_id].code: c.outcome for c in choices}
        record("decide", sheet.slate, sentence, by=by, private=True, outcomes=codes)
    return touched


_COLUMNS = ("outcome", "reason", "override_reason", "review_year")


def _filled(decision: Decision, choice: Choice, sheet: Sheet) -> bool:
    """Put the choice on the row; False when nothing differs."""
    values = _values(decision, choice, sheet)
    differs = any(getattr(decision, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(decision, name, value)
    return differs or decision.pk is None


def _differs(sheet: Sheet, choice: Choice) -> bool:
    """Would the choice change what stands, principles included?"""
    decision = sheet.decisions.get(choice.proposal_id)
    if decision is None:
        return True
    changed = any(getattr(decision, n) != v for n, v in _values(decision, choice, sheet).items())
    for name, chosen in (("principles_served", choice.served), ("principles_strained", choice.strained)):
        changed = changed or (chosen is not None and set(getattr(decision, name).all()) != set(chosen))
    return changed


def _values(decision: Decision, choice: Choice, sheet: Sheet) -> dict[str, object]:
    proposal = sheet.by_pk[choice.proposal_id]
    declined = choice.outcome in Decision.FUNDING and bool(sheet.declined(proposal))
    return {
        "outcome": choice.outcome,
        "reason": choice.reason.strip(),
        "override_reason": choice.override_reason.strip() if declined else "",
        "overrides_decline": declined,
        "review_year": choice.review_year or decision.review_year,
        "version_id": sheet.newest_version_of(proposal),
    }


def _say_who(decisions: list[Decision], by: User) -> None:
    through = Decision.decided_by.through
    through.objects.filter(decision__in=decisions).delete()
    through.objects.bulk_create(through(decision=decision, user=by) for decision in decisions)


def _set_principles(sheet: Sheet, choices: Sequence[Choice]) -> int:
    """Only the page of one proposal sends principles; returns how many differ from what stood."""
    changed = 0
    for choice in choices:
        if choice.served is None or choice.strained is None:
            continue
        decision = Decision.objects.get(slate=sheet.slate, version__proposal_id=choice.proposal_id)
        before = set(decision.principles_served.all()), set(decision.principles_strained.all())
        changed += before != (set(choice.served), set(choice.strained))
        decision.principles_served.set(choice.served)
        decision.principles_strained.set(choice.strained)
    return changed
