"""Releasing all decisions at once, in one transaction, once."""

from django.db import transaction

from activity import clock
from activity.actions import entry_for, record_all
from activity.models import Entry
from activity.refused import Refused, allow, refuse_if
from people.models import User
from proposals.models import Proposal
from proposals.workflow import Status, advance_each

from .. import rules
from ..findings import Finding, binding_findings_of
from ..models import Decision, Slate
from ..sheet import Sheet
from ..workflow import SlateStatus
from .keys import moved
from .letters import write_letters
from .locking import locked, sheet_of

ACT_OF: dict[str, str] = {
    **dict.fromkeys(Decision.FUNDING, "fund"),
    Decision.Outcome.DEFERRED: "defer",
    Decision.Outcome.NOT_FUNDED: "turn down",
}


@transaction.atomic
def release(*, slate: Slate, by: User) -> bool:
    """Publish every decision of an approved slate. False when that was done already: nothing happens."""
    slate = locked(slate)
    allow(rules.can_release(by), "Only the superintendent and the CFO release decisions.")
    if slate.status == SlateStatus.RELEASED:
        return False
    refuse_if(rules.blockers_to_begin_release(slate))
    sheet = sheet_of(slate)
    decisions = list(sheet.decisions.values())
    # Passing them on holds their rows: an answer that lands now is read below or comes too late. A refusal
    # undoes it.
    _pass_on(slate, decisions)
    refuse_if(rules.blockers_to_release(slate, sheet))
    # Only what still had to be let pass.
    let_pass = [finding for finding in binding_findings_of(sheet) if finding.override]
    now = clock.now()
    Decision.objects.filter(slate=slate).update(published_at=now)
    for decision in decisions:
        decision.published_at = now
    _name_deciders(sheet)
    moved(slate, "release", released_at=now, released_by=by)
    own = entry_for("release", slate, f"released {len(decisions)} decisions", by=by)
    record_all([own, *_told(slate, decisions, let_pass, by)])
    write_letters(sheet)
    return True


def _pass_on(slate: Slate, decisions: list[Decision]) -> None:
    """Held proposals get their outcome; every one of them, and no other."""
    acts = {decision.version.proposal_id: ACT_OF[decision.outcome] for decision in decisions}
    held = advance_each(Proposal.objects.filter(season=slate.season), acts, Status.HELD)
    # Nothing is held or let go without the slate's lock, under which the decisions were read.
    decided = sum(decision.version.proposal.status == Status.HELD for decision in decisions)
    if not held == decided == len(decisions):
        raise Refused(
            "The decisions do not match the proposals that are held. Unfreeze the slate and freeze it again."
        )


def _name_deciders(sheet: Sheet) -> None:
    """Who turned a key stands with every decision."""
    people = {approval.approved_by_id for approval in sheet.turned.values()}
    through = Decision.decided_by.through
    through.objects.bulk_create(
        through(decision_id=decision.pk, user_id=person)
        for decision in sheet.decisions.values()
        for person in people.difference(decision.deciders)
    )


def _told(slate: Slate, decisions: list[Decision], let_pass: list[Finding], by: User) -> list[Entry]:
    """History of each proposal, and in the open what was overridden and why."""
    entries = []
    for decision in decisions:
        proposal, outcome = decision.version.proposal, decision.get_outcome_display().lower()
        entries.append(
            entry_for("decide", proposal, f"released the decision: {outcome}. {decision.reason}", by=by)
        )
        if decision.overrides_decline:
            sentence = f"funded {proposal.code} {proposal.title} over a decline: {decision.override_reason}"
            entries.append(entry_for("override decline", proposal, sentence, by=by, integrity=True))
    for finding in let_pass:
        if override := finding.override:
            sentence = f"let pass: “{finding.sentence}” Reason: {override.reason}"
            who = override.overridden_by
            entries.append(entry_for("override finding", slate, sentence, by=who, integrity=True))
    return entries
