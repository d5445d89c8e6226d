"""Passing proposals on: returned for revision, resubmitted, cleared for the slate, sent back."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from activity import clock
from activity.actions import entry_for, record_all
from activity.refused import allow, refuse_if
from goals.models import Season
from people.models import User
from people.rules import is_steward
from proposals import rules as proposal_rules
from proposals.actions.baton import locked_with_sponsors, pass_on
from proposals.actions.submission import resubmit as hand_back
from proposals.actions.versions import freeze_for_decision, to_freeze
from proposals.models import Proposal
from proposals.workflow import advance_all, can_do

from .. import rules
from ..models import Assignment
from ..reading import not_complete

STEWARD_ONLY = "The steward does this."


@transaction.atomic
def return_for_revision(*, proposal: Proposal, note: str, by: User) -> Proposal:
    """Give a submitted proposal back to its sponsors, saying what to work on. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(is_steward(by), STEWARD_ONLY)
    refuse_if(
        rules.blockers_to_pass(proposal, "return") or _no(note, "Say what the sponsors should work on.")
    )
    sentence = f"returned {proposal.code} for revision: {note.strip()}"
    return pass_on(proposal=proposal, act="return", by=by, sentence=sentence)


@transaction.atomic
def resubmit(*, proposal: Proposal, by: User) -> Proposal:
    """Hand the revised proposal back to the reviewers, once every remark is answered. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.can_resubmit(by, proposal), "The head or the deputy of the lead resubmits.")
    refuse_if(rules.blockers_to_resubmit(proposal))
    return hand_back(proposal=proposal, by=by)


@transaction.atomic
def clear(*, proposal: Proposal, by: User, sure: bool = True) -> Proposal:
    """End the review of a submitted proposal: slates may list it. Raises Refused.

    Who is not `sure` is told first how many ratings are missing.
    """
    (proposal,) = _to_freeze(Proposal.objects.filter(pk=proposal.pk))
    allow(is_steward(by), STEWARD_ONLY)
    refuse_if(rules.blockers_to_pass(proposal, "clear") or proposal_rules.blockers_by_sign_on([proposal]))
    refuse_if([] if sure else _unrated([proposal]))
    freeze_for_decision([proposal], by)
    return pass_on(proposal=proposal, act="clear", by=by, sentence=_cleared(proposal))


@transaction.atomic
def send_back(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Take a vetted proposal back into review, with the reason. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.can_send_back(by), "The steward, the superintendent or the CFO does this.")
    refuse_if(rules.blockers_to_pass(proposal, "send back") or _no(reason, "Give the reason."))
    sentence = f"sent {proposal.code} back into review: {reason.strip()}"
    return pass_on(proposal=proposal, act="send back", by=by, sentence=sentence)


@transaction.atomic
def clear_all(*, season: Season, proposals: Iterable[Proposal], by: User, sure: bool = True) -> int:
    """Clear several proposals in one act; those that moved on meanwhile are left alone. Raises Refused."""
    allow(is_steward(by), STEWARD_ONLY)
    proposals = list(proposals)
    refuse_if([] if sure else _unrated(proposals))
    moving = _moving(_to_freeze(_ticked(season, proposals)), "clear")
    refuse_if(proposal_rules.blockers_by_sign_on(moving))
    freeze_for_decision(moving, by)
    return _pass_all(season, moving, "clear", _cleared, by)


@transaction.atomic
def return_all(*, season: Season, proposals: Iterable[Proposal], note: str, by: User) -> int:
    """Return several proposals for revision with one note. Raises Refused."""
    allow(is_steward(by), STEWARD_ONLY)
    refuse_if(_no(note, "Say what the sponsors should work on."))
    moving = _moving(_ticked(season, proposals).select_for_update(of=("self",)), "return")
    return _pass_all(
        season, moving, "return", lambda p: f"returned {p.code} for revision: {note.strip()}", by
    )


def _ticked(season: Season, proposals: Iterable[Proposal]) -> QuerySet[Proposal]:
    keys = [proposal.pk for proposal in proposals]
    refuse_if([] if keys else ["Tick at least one proposal."])
    return season.proposals.filter(pk__in=keys).order_by("pk")


def _to_freeze(proposals: QuerySet[Proposal]) -> list[Any]:
    """Locked, and read once with all that sign-ons and the frozen copies ask for."""
    rows: list[Any] = list(to_freeze(proposals).select_for_update(of=("self",)))
    for row in rows:
        row.was_locked = True
    return rows


def _moving(rows: Iterable[Proposal], act: str) -> list[Proposal]:
    moving = [proposal for proposal in rows if can_do(proposal.status, act)]
    refuse_if([] if moving else ["None of these proposals is submitted now. Please reload the page."])
    return moving


def _pass_all(
    season: Season, moving: list[Proposal], act: str, sentence: Callable[[Proposal], str], by: User
) -> int:
    advance_all(season.proposals.filter(pk__in=[p.pk for p in moving]), act)
    now = clock.now()
    record_all(entry_for(act, proposal, sentence(proposal), by=by, at=now) for proposal in moving)
    return len(moving)


def _unrated(proposals: list[Proposal]) -> list[str]:
    """How many assigned ratings are missing, before review ends for good."""
    standing = Assignment.objects.filter(proposal__in=proposals, recused_at=None)
    count = not_complete(standing).count()
    if not count:
        return []
    words = "1 assigned review is" if count == 1 else f"{count} assigned reviews are"
    return [f"{words} not complete. Tick “Clear although ratings are missing” and press Clear again."]


def _cleared(proposal: Proposal) -> str:
    return f"cleared {proposal.code} for the slate"


def _no(text: str, sentence: str) -> list[str]:
    return [] if text.strip() else [sentence]
