"""Releasing all decisions at once, in one transaction, once."""

from collections import defaultdict

from django.db import transaction

from activity import clock
from activity.actions import entry_for, record
from activity.models import Entry
from activity.refused import Refused, allow, refuse_if
from people.models import User
from proposals.models import Proposal
from proposals.workflow import Status, advance_all

from .. import rules
from ..findings import Finding, findings_of
from ..models import Approval, Decision, Slate
from ..sheet import Sheet
from ..workflow import SlateStatus
from .keys import moved
from .letters import write_letters
from .locking import locked_with_season

ACT_OF: dict[str, str] = {
    **dict.fromkeys(Decision.FUNDING, "fund"),
    Decision.Outcome.DEFERRED: "defer",
    Decision.Outcome.NOT_FUNDED: "turn down",
}


@transaction.atomic
def release(*, slate: Slate, by: User) -> bool:
    """Publish every decision of an approved slate. False when that was done already: nothing happens."""
    slate = locked_with_season(slate)
    allow(rules.can_release(by), "Only the superintendent and the CFO release decisions.")
    if slate.status == SlateStatus.RELEASED:
        return False
    sheet = Sheet(slate, with_principles=True)
    refuse_if(rules.blockers_to_release(slate, sheet))
    # Only what still had to be let pass; findings are read before the proposals move on.
    let_pass = [finding for finding in findings_of(sheet) if finding.override]
    now = clock.now()
    rows = Decision.objects.filter(slate=slate).select_related("version__proposal")
    decisions = list(rows.defer("version__content"))
    _pass_on(slate, decisions)
    rows.order_by().update(published_at=now)
    _name_deciders(slate, decisions)
    moved(slate, "release", released_at=now, released_by=by)
    record("release", slate, f"released {len(decisions)} decisions", by=by)
    _tell(slate, decisions, let_pass, by)
    write_letters(slate, decisions)
    return True


def _pass_on(slate: Slate, decisions: list[Decision]) -> None:
    """Held proposals get their outcome; every one of them, and no other."""
    by_act = defaultdict(list)
    for decision in decisions:
        by_act[ACT_OF[decision.outcome]].append(decision.version.proposal_id)
    moved = sum(advance_all(Proposal.objects.filter(pk__in=pks), act) for act, pks in by_act.items())
    left = Proposal.objects.filter(season=slate.season, status=Status.HELD).exists()
    if moved != len(decisions) or left:
        raise Refused(
            "The decisions do not match the proposals that are held. Unfreeze the slate and freeze it again."
        )


def _name_deciders(slate: Slate, decisions: list[Decision]) -> None:
    """Who turned a key stands with every decision."""
    people = Approval.objects.filter(slate=slate, fingerprint=slate.fingerprint).values_list(
        "approved_by", flat=True
    )
    through = Decision.decided_by.through
    pairs = [(decision.pk, person) for person in set(people) for decision in decisions]
    through.objects.bulk_create(
        [through(decision_id=decision, user_id=person) for decision, person in pairs], ignore_conflicts=True
    )


def _tell(slate: Slate, decisions: list[Decision], let_pass: list[Finding], by: User) -> None:
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
    Entry.objects.bulk_create(entries)
