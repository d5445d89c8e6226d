"""Freezing a slate, and the two keys that approve it. Both keys turn on the same fingerprint."""

from django.db import transaction

from activity import clock
from activity.actions import entry_for, record, record_all
from activity.models import Entry
from activity.refused import Refused, allow, refuse_if
from people.models import User
from proposals.models import Proposal
from proposals.workflow import ON_THE_TABLE, BatonLost, Status, advance_all

from .. import rules
from ..arithmetic import fingerprint_of, in_short_words
from ..contents import content_of
from ..models import Approval, Slate
from ..sheet import Sheet
from ..workflow import advance
from .decisions import NOT_A_DECIDER
from .locking import locked, sheet_of


@transaction.atomic
def freeze(*, slate: Slate, by: User) -> Slate:
    """Fix the slate for approval. All vetted proposals of the season are held until the release."""
    slate = locked(slate)
    allow(rules.can_freeze(by), NOT_A_DECIDER)
    # Holding them locks their rows: none is sent back or withdrawn while we look. A refusal undoes it.
    advance_all(Proposal.objects.filter(season=slate.season), "hold")
    sheet = Sheet(slate)
    refuse_if(rules.blockers_to_freeze(sheet))
    held = [proposal for proposal in sheet.proposals if proposal.status in ON_THE_TABLE]
    if any(proposal.status != Status.HELD for proposal in held):
        raise Refused("A proposal was moved at the same moment. Please try again.")
    fingerprint = fingerprint_of(content_of(sheet))
    moved(slate, "freeze", frozen_at=clock.now(), frozen_by=by, fingerprint=fingerprint)
    sentence = f"froze “{slate.name}” as {in_short_words(fingerprint)}"
    own = entry_for("freeze", slate, sentence, by=by, private=True, fingerprint=fingerprint)
    record_all([own, *_of_each(held, "hold", "froze the proposal for the decision", by)])
    return slate


@transaction.atomic
def unfreeze(*, slate: Slate, by: User) -> Slate:
    """Open a frozen or approved slate again. Keys that were turned on it fall away."""
    slate = locked(slate)
    allow(rules.can_freeze(by), NOT_A_DECIDER)
    held = list(
        Proposal.objects.select_for_update(of=("self",)).filter(season=slate.season, status=Status.HELD)
    )
    moved(slate, "unfreeze", frozen_at=None, frozen_by=None, fingerprint="")
    slate.approvals.all().delete()
    if advance_all(Proposal.objects.filter(season=slate.season), "unhold") != len(held):
        raise Refused("A proposal was moved at the same moment. Please try again.")
    own = entry_for("unfreeze", slate, f"unfroze “{slate.name}”", by=by, private=True)
    record_all([own, *_of_each(held, "unhold", "opened the proposal again; it is vetted", by)])
    return slate


@transaction.atomic
def approve(*, slate: Slate, fingerprint: str, by: User) -> Slate:
    """The CFO's key, on the slate as the fingerprint names it."""
    allow(rules.can_approve(by), "Only the CFO approves a slate.")
    return _turn(slate, Approval.Key.CFO, fingerprint, by, "approved")


@transaction.atomic
def concur(*, slate: Slate, fingerprint: str, by: User) -> Slate:
    """The superintendent's key, on the slate as the fingerprint names it."""
    allow(rules.can_concur(by), "Only the superintendent concurs with a slate.")
    return _turn(slate, Approval.Key.SUPERINTENDENT, fingerprint, by, "concurred with")


def _turn(slate: Slate, key: str, fingerprint: str, by: User, verb: str) -> Slate:
    slate = locked(slate)
    sheet, own = sheet_of(slate), rules.own_unit_codes(slate)
    refuse_if(rules.blockers_to_turn(sheet, key, fingerprint, by, own))
    Approval.objects.create(
        slate=slate, key=key, fingerprint=fingerprint, approved_at=clock.now(), approved_by=by
    )
    if rules.needed_keys(slate, own) <= {key, *sheet.turned}:
        moved(slate, "approve")
    sentence = f"{verb} “{slate.name}” as {in_short_words(fingerprint)}"
    record("turn key", slate, sentence, by=by, private=True, key=str(key), fingerprint=fingerprint)
    return slate


def moved(slate: Slate, act: str, **also) -> None:
    try:
        advance(slate, act, **also)
    except BatonLost as lost:
        raise Refused(f"{lost} Please reload the page.") from lost


def _of_each(proposals: list[Proposal], verb: str, sentence: str, by: User) -> list[Entry]:
    """History of each proposal. It says nothing of the slate, so it need not be private."""
    return [entry_for(verb, proposal, sentence, by=by) for proposal in proposals]
