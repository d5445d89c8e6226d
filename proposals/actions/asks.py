"""Asking named units for support: terms are drafted on the ask and stand once they are sent."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.keys import next_code
from activity.refused import Refused, allow, refuse_if
from goals.models import Season
from people.models import Unit, User

from .. import rules
from ..models import Ask, AskTerms, Proposal
from ..models.ask import Terms
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch
from .meanwhile import as_a_whole, to_write, told_in_history

# Sent after the season's date: the asked unit still has a week.
SHORTEST_NOTICE = timedelta(days=7)
LABELS = {
    "what": "what is asked",
    "effort": "effort in words",
    "effort_hours": "hours",
    "effort_per": "how the hours count",
    "posts_to_fill": "posts to fill",
    "amount_cents": "share of the money",
    "needed_by": "needed by",
    "if_declined": "what happens if the answer is no",
}


@transaction.atomic
def add_ask(*, proposal: Proposal, unit: Unit, values: Mapping[str, Any], by: User) -> Ask:
    """Note what is wanted from a unit; it is not sent yet. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    _refuse_sponsor(proposal, unit)
    _refuse_past(values)
    Season.objects.select_for_update().get(pk=proposal.season_id)  # one number for each ask
    codes = Ask.objects.filter(proposal__season=proposal.season_id).values_list("code", flat=True)
    ask = Ask.objects.create(
        proposal=proposal, code=next_code("A", codes), asked_unit=unit, created_at=clock.now(),
        **_terms(values),
    )  # fmt: skip
    touch(proposal, by)
    record("add ask", proposal, f"noted {ask.code}, an ask to {unit}", by=by)
    return ask


@transaction.atomic
def edit_ask(*, ask: Ask, values: Mapping[str, Any], by: User, began: Mapping | None = None) -> Ask:
    """Change the draft of the next terms; what was sent stays as it is. Raises Refused."""
    ask = _standing(ask, by)
    acts = told_in_history(ask.proposal, "edit ask", as_a_whole(f"changed the draft of {ask.code}"))
    changed = to_write(began=began or {}, stands=ask.values(), mine=_terms(values), labels=LABELS, acts=acts)
    if not changed:
        return ask
    _refuse_past(changed)
    for name, value in changed.items():
        setattr(ask, name, value)
    ask.save(update_fields=list(changed))
    touch(ask.proposal, by)
    record("edit ask", ask.proposal, f"changed the draft of {ask.code}", by=by)
    return ask


@transaction.atomic
def send_ask(*, ask: Ask, by: User) -> AskTerms:
    """Send the terms as they are drafted; the asked unit answers these. Raises Refused."""
    ask = _standing(ask, by)
    _refuse_sponsor(ask.proposal, ask.asked_unit)
    if not ask.is_unsent:
        raise Refused(f"{ask.code} was sent with these very terms. Change them first to ask again.")
    terms = _send([ask], ask.proposal, by)[0]
    touch(ask.proposal, by)
    record("send ask", ask.proposal, f"sent {ask.code} to {ask.asked_unit}", by=by, terms=terms.number)
    return terms


@transaction.atomic
def send_all_asks(*, proposal: Proposal, by: User) -> list[AskTerms]:
    """Send every ask that was not sent or has changed since. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    _allow_asks(proposal, by)
    unsent = [ask for ask in _asks(proposal) if ask.is_unsent]
    if not unsent:
        raise Refused("Every ask was sent with its present terms. There is nothing to send.")
    for ask in unsent:
        _refuse_sponsor(proposal, ask.asked_unit)
    terms = _send(unsent, proposal, by)
    touch(proposal, by)
    record("send asks", proposal, f"sent {', '.join(ask.code for ask in unsent)}", by=by)
    return terms


@transaction.atomic
def withdraw_ask(*, ask: Ask, by: User) -> Ask:
    """Ask no longer. What was sent stays readable. Raises Refused."""
    ask = _standing(ask, by)
    ask.withdrawn_at, ask.withdrawn_by = clock.now(), by
    ask.save(update_fields=["withdrawn_at", "withdrawn_by"])
    touch(ask.proposal, by)
    record("withdraw ask", ask.proposal, f"withdrew {ask.code} to {ask.asked_unit}", by=by)
    return ask


def send_again(proposal: Proposal, by: User) -> list[AskTerms]:
    """New terms for every sent ask, since its sponsors changed: who asks is part of what is asked.

    Terms that were drafted and not sent stay drafts. `proposal` is locked, its sponsors as they are now.
    """
    rows = AskTerms.objects.filter(ask__proposal=proposal, ask__withdrawn_at=None)
    newest = {terms.ask_id: terms for terms in rows.order_by("ask__code", "number")}
    return _write([(terms.ask_id, terms.number + 1, terms) for terms in newest.values()], proposal, by)


def _send(asks: list[Ask], proposal: Proposal, by: User) -> list[AskTerms]:
    sent = [(ask, ask.current_terms) for ask in asks]
    return _write([(ask.pk, terms.number + 1 if terms else 1, ask) for ask, terms in sent], proposal, by)


def _write(rows: list[tuple[int, int, Terms]], proposal: Proposal, by: User) -> list[AskTerms]:
    """New terms: the ask, their number, and what they say."""
    sponsors = "; ".join(s.unit.code for s in _sponsors(proposal))
    now, due = clock.now(), _answer_due_on(proposal)
    return AskTerms.objects.bulk_create(
        AskTerms(
            ask_id=ask, number=number, sponsors=sponsors, answer_due_on=due, sent_at=now, sent_by=by,
            **terms.values(),
        )
        for ask, number, terms in rows
    )  # fmt: skip


def _sponsors(proposal: Proposal) -> list:
    """Sponsors that have accepted, lead first."""
    return [s for s in proposal.standing_sponsorships if s.accepted_at is not None]


def _asks(proposal: Proposal) -> list[Ask]:
    return list(proposal.asks.standing().select_related("asked_unit").prefetch_related("terms"))


def _answer_due_on(proposal: Proposal) -> date:
    earliest = clock.today() + SHORTEST_NOTICE
    due = proposal.season.answers_due_on
    return due if due and due >= clock.today() else earliest


def _standing(ask: Ask, by: User) -> Ask:
    proposal = locked_with_sponsors(ask.proposal)
    ask = Ask.objects.select_related("asked_unit").prefetch_related("terms").get(pk=ask.pk)
    ask.proposal = proposal
    _allow_asks(proposal, by)
    if ask.withdrawn_at is not None:
        raise Refused(f"{ask.code} was withdrawn. Add a new ask instead.")
    return ask


def _allow_asks(proposal: Proposal, by: User) -> None:
    allow(rules.can_ask(by, proposal), "Only people of the sponsoring units can change its asks.")
    refuse_if(rules.blockers_to_ask(proposal))


def _refuse_sponsor(proposal: Proposal, unit: Unit) -> None:
    if unit.pk in proposal.sponsor_unit_ids:
        raise Refused(f"{unit} sponsors this proposal or is invited to. Ask a unit that does not.")


def _refuse_past(values: Mapping[str, Any]) -> None:
    needed_by = values.get("needed_by")
    if needed_by and needed_by < clock.today():
        raise Refused("“Needed by” has passed already. Choose today or a later day, or leave it empty.")


def _terms(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in Ask.FIELDS if name in values}
