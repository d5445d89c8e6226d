"""Answering asks and settling the conditions of an answer."""

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import allow, refuse_if
from people.models import User
from proposals.actions.baton import locked_with_sponsors
from proposals.models import Ask, AskTerms

from .. import rules
from ..models import Condition, Endorsement

Answer = Endorsement.Answer


@transaction.atomic
def answer_ask(
    *,
    ask: Ask,
    terms_id: int,
    latest_number: int,
    answer: str,
    reason: str,
    by: User,
    condition: str = "",
) -> Endorsement:
    """Answer the current terms of an ask for the asked unit. Raises Refused.

    `terms_id` and `latest_number` say what was on the screen, so that nobody answers unread terms
    or over the head of a colleague.
    """
    ask = _locked(ask)
    allow(rules.can_answer(by, ask), rules.why_not_answer(by, ask))
    terms = ask.current_terms
    refuse_if(rules.blockers_to_answer(ask) or _stale(terms, terms_id, latest_number))
    refuse_if(_missing(answer, reason, condition))
    endorsement = Endorsement.objects.create(
        terms_id=terms_id, number=latest_number + 1, answer=answer, reason=reason.strip(),
        answered_at=clock.now(), answered_by=by,
    )  # fmt: skip
    if answer == Answer.CONDITIONAL:
        Condition.objects.create(endorsement=endorsement, text=condition.strip())
    late = latest_number == 0 and rules.is_late(ask)
    words = f"{endorsement.get_answer_display().lower()}{', after the due date' if late else ''}"
    sentence = f"answered ask {ask.code} of {ask.proposal.code} for {ask.asked_unit}: {words}"
    record("answer", ask, sentence, by=by, integrity=late, answer=answer, terms=terms_id)
    return endorsement


@transaction.atomic
def accept_condition(*, condition: Condition, by: User) -> Condition:
    """Agree to a condition for the sponsors; the endorsement then stands with it. Raises Refused."""
    condition, ask = _locked_condition(condition, by)
    condition.accepted_at, condition.accepted_by = clock.now(), by
    condition.save(update_fields=["accepted_at", "accepted_by"])
    record("accept condition", ask, f"accepted the condition of {ask.asked_unit} on ask {ask.code}", by=by)
    return condition


@transaction.atomic
def refuse_condition(*, condition: Condition, reason: str, by: User) -> Condition:
    """Say no to a condition, with the reason; it then counts as no endorsement. Raises Refused."""
    condition, ask = _locked_condition(condition, by)
    refuse_if([] if reason.strip() else ["Say why the sponsors can't meet the condition."])
    condition.refused_at, condition.refused_by = clock.now(), by
    condition.refusal_reason = reason.strip()
    condition.save(update_fields=["refused_at", "refused_by", "refusal_reason"])
    record("refuse condition", ask, f"refused the condition of {ask.asked_unit} on ask {ask.code}", by=by)
    return condition


def _locked(ask: Ask) -> Ask:
    """The rows of its proposal and of the ask, held until the transaction ends, with what the rules read.

    The proposal first: a release that runs at the same moment has ended before its status is read here.
    """
    proposal = locked_with_sponsors(ask.proposal)
    rows = Ask.objects.select_for_update(of=("self",)).select_related("asked_unit")
    row = rows.prefetch_related("terms").get(pk=ask.pk)
    row.proposal = proposal
    return row


def _locked_condition(condition: Condition, by: User) -> tuple[Condition, Ask]:
    ask = _locked(condition.endorsement.terms.ask)
    # Read after the lock: a second click finds the first one's answer.
    condition = Condition.objects.select_related("endorsement").get(pk=condition.pk)
    condition.endorsement.terms = next(t for t in ask.terms.all() if t.pk == condition.endorsement.terms_id)
    condition.endorsement.terms.ask = ask
    allow(rules.can_settle(by, ask), "The head or the deputy of a sponsor settles conditions.")
    refuse_if(rules.blockers_to_settle(condition))
    return condition, ask


def _stale(terms: AskTerms | None, terms_id: int, latest_number: int) -> list[str]:
    if terms is None or terms.pk != terms_id:
        return [
            "The sponsors sent new terms while you were writing. "
            "Your text is kept: compare the terms and send your answer again."
        ]
    newest = terms.endorsements.order_by("number").last()
    if newest and newest.number != latest_number:
        return [
            f"{newest.answered_by} answered a moment ago: {newest.get_answer_display().lower()}. "
            "Your text is kept: send it again to replace that answer."
        ]
    return []


def _missing(answer: str, reason: str, condition: str) -> list[str]:
    missing = []
    if answer not in Answer.values:
        missing.append("Choose an answer: endorse, endorse with a condition, decline, or not affected.")
    if not reason.strip():
        missing.append("Give a reason in a sentence or two; the sponsors build on it.")
    if answer == Answer.CONDITIONAL and not condition.strip():
        missing.append("Say what must hold for your unit to endorse.")
    if answer != Answer.CONDITIONAL and condition.strip():
        missing.append(
            "A condition belongs to “Endorsed with conditions”. Choose it, or clear the condition."
        )
    return missing
