"""Findings about how proposals and departments hold together: links, goals, asks."""

from collections.abc import Iterator

from proposals.models import ProposalLink
from proposals.workflow import DECIDED, ON_THE_TABLE

from ..sheet import Sheet
from .finding import Finding


def together_in_the_way(sheet: Sheet) -> Iterator[Finding]:
    yield from _gone(sheet)
    yield from _links(sheet)
    yield from _declined(sheet)


def together_to_know(sheet: Sheet) -> Iterator[Finding]:
    yield from _unanswered(sheet)
    yield from _conditions(sheet)
    for goal in sheet.goals_left_out:
        yield Finding(
            f"goal:{goal.code}", "Goal", f"Nothing on this slate serves goal {goal.code}, {goal.title}."
        )


def _gone(sheet: Sheet) -> Iterator[Finding]:
    """Proposals that were withdrawn or sent back after they came on the slate."""
    for proposal in sheet.chosen:
        if proposal.status not in (*ON_THE_TABLE, *DECIDED):
            yield Finding(
                f"gone:{proposal.code}",
                "Not on the table",
                f"{proposal.code} is {proposal.get_status_display().lower()} and cannot be bought. "
                "Take it off the slate.",
                sheet.money_on(proposal).first,
                blocking=True,
                may_be_overridden=False,
            )


def _links(sheet: Sheet) -> Iterator[Finding]:
    on = sheet.lines_of
    for link in sheet.links:
        source, target = link.source, link.target
        if source.pk not in on:
            continue
        key = f"{link.kind}:{source.code}:{target.code}"
        note = f" {link.note}" if link.note else ""
        amount = sheet.money[source.pk].first
        if link.kind == ProposalLink.Kind.DEPENDS_ON and target.pk not in on:
            sentence = f"{source.code} depends on {target.code}, which is not on this slate.{note}"
            yield Finding(key, "Depends on", sentence, amount, blocking=True)
        if link.kind == ProposalLink.Kind.CONFLICTS and target.pk in on and link.settled_on is None:
            sentence = f"{source.code} and {target.code} conflict, and both are on this slate.{note}"
            yield Finding(key, "Conflict", sentence, amount, blocking=True)


def _declined(sheet: Sheet) -> Iterator[Finding]:
    """Funding over a decline needs a reason, which stands in the decision."""
    for proposal in sheet.chosen:
        for ask in sheet.declined(proposal):
            decision = sheet.decisions.get(proposal.pk)
            answered = bool(decision and decision.overrides_decline and decision.override_reason)
            sentence = f"{ask.asked_unit} declined ask {ask.code} of {proposal.code}. "
            sentence += (
                f"The decision says why it is funded all the same: “{decision.override_reason}”"
                if answered
                else f"To fund it all the same, give the reason in the decision on {proposal.code}."
            )
            yield Finding(
                f"decline:{proposal.code}:{ask.code}",
                "Declined ask",
                sentence,
                sheet.money[proposal.pk].first,
                blocking=not answered,
                may_be_overridden=False,
            )


def _unanswered(sheet: Sheet) -> Iterator[Finding]:
    for proposal in sheet.chosen:
        asks = sheet.unanswered(proposal)
        if asks:
            named = ", ".join(f"{ask.code} to {ask.asked_unit.code}" for ask in asks)
            count = "One ask" if len(asks) == 1 else f"{len(asks)} asks"
            yield Finding(
                f"silence:{proposal.code}",
                "No answer",
                f"{count} of {proposal.code} without an answer ({named}). Silence is not support.",
                sheet.money[proposal.pk].first,
            )


def _conditions(sheet: Sheet) -> Iterator[Finding]:
    """An endorsement hangs on its condition: open, it is none yet; refused, it is none."""
    for proposal in sheet.chosen:
        for ask in sheet.conditional(proposal):
            if ask.condition_accepted_at:
                continue
            refused = bool(ask.condition_refused_at)
            what = f"the condition that {ask.asked_unit} set on ask {ask.code} of {proposal.code}"
            sentence = (
                f"The sponsors refused {what}. A refused condition is no endorsement."
                if refused
                else f"The sponsors have not settled {what}. It is no endorsement until they accept it."
            )
            yield Finding(
                f"{'refused' if refused else 'unsettled'}-condition:{proposal.code}:{ask.code}",
                "Refused condition" if refused else "Open condition",
                sentence,
                sheet.money[proposal.pk].first,
            )
