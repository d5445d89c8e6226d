"""Who owns the proposal together: inviting, accepting, leaving, leading."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from people.models import Unit, User

from .. import rules
from ..models import Proposal, Sponsorship
from .asks import send_again
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch
from .meanwhile import as_a_whole, to_write, told_in_history

LONGEST_REASON = 500  # letters, of why a sponsor leaves


@transaction.atomic
def invite_sponsor(*, proposal: Proposal, unit: Unit, by: User) -> Sponsorship:
    """Invite a unit to own the proposal together. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    if any(s.unit_id == unit.pk for s in proposal.standing_sponsorships):
        raise Refused(f"{unit} sponsors this proposal already or is invited. Choose another unit.")
    asked = proposal.asks.standing().filter(asked_unit=unit).first()
    if asked:
        raise Refused(f"{unit} is asked for support in {asked.code}. Withdraw that ask first.")
    sponsorship = Sponsorship.objects.create(
        proposal=proposal, unit=unit, invited_at=clock.now(), invited_by=by
    )
    record("invite", proposal, f"invited {unit} to sponsor {proposal.code}", by=by)
    return sponsorship


@transaction.atomic
def accept_invitation(*, sponsorship: Sponsorship, contribution: str, by: User) -> Sponsorship:
    """Accept for the invited unit and say what it brings. Raises Refused."""
    sponsorship = _invited(sponsorship, by)
    if not contribution.strip():
        raise Refused("Say in a sentence what your unit brings.")
    sponsorship.contribution = contribution.strip()
    sponsorship.accepted_at, sponsorship.accepted_by = clock.now(), by
    sponsorship.save(update_fields=["contribution", "accepted_at", "accepted_by"])
    proposal = sponsorship.proposal
    send_again(proposal, by)
    touch(proposal, by)
    record("accept", proposal, f"accepted for {sponsorship.unit} to sponsor {proposal.code}", by=by)
    return sponsorship


@transaction.atomic
def decline_invitation(*, sponsorship: Sponsorship, by: User) -> Sponsorship:
    """Decline for the invited unit. Raises Refused."""
    sponsorship = _invited(sponsorship, by)
    _end(sponsorship, by)
    proposal = sponsorship.proposal
    record("decline", proposal, f"declined for {sponsorship.unit} to sponsor {proposal.code}", by=by)
    return sponsorship


@transaction.atomic
def leave(*, sponsorship: Sponsorship, by: User, reason: str = "") -> Sponsorship:
    """Leave for the own unit, or take an open invitation back; why, stands in history. Raises Refused."""
    sponsorship = _standing(sponsorship)
    proposal = sponsorship.proposal
    refuse_if(rules.blockers_to_edit(proposal))
    invited = sponsorship.accepted_at is None
    if invited:
        allow(rules.can_edit(by, proposal), "Only people of the sponsors can take an invitation back.")
    else:
        allow(
            by.speaks_for(sponsorship.unit_id),
            f"Only the head or the deputy of {sponsorship.unit} can leave for it.",
        )
    if sponsorship.is_lead:
        raise Refused("The lead cannot leave. Hand the lead to another sponsor first, or withdraw.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Shorten the reason to {LONGEST_REASON} letters.")
    _end(sponsorship, by)
    if not invited:
        send_again(proposal, by)
    touch(proposal, by)
    words = "took back the invitation of" if invited else "left for"
    why = f": {' '.join(reason.split())}" if reason.strip() else ""
    record("leave", proposal, f"{words} {sponsorship.unit}{why}", by=by)
    return sponsorship


@transaction.atomic
def change_lead(*, sponsorship: Sponsorship, by: User) -> Sponsorship:
    """Hand the lead to another sponsor that has accepted. Raises Refused."""
    sponsorship = _standing(sponsorship)
    proposal = sponsorship.proposal
    allow(rules.can_lead(by, proposal), "Only the head or the deputy of the lead can hand it on.")
    refuse_if(rules.blockers_to_edit(proposal))
    if sponsorship.accepted_at is None:
        raise Refused(f"{sponsorship.unit} has not accepted yet. Wait for the answer first.")
    if sponsorship.is_lead:
        raise Refused(f"{sponsorship.unit} leads already. Choose another sponsor.")
    proposal.sponsorships.standing().filter(is_lead=True).update(is_lead=False)
    Sponsorship.objects.filter(pk=sponsorship.pk).update(is_lead=True)
    for row in proposal.standing_sponsorships:
        row.is_lead = row == sponsorship
    send_again(proposal, by)
    touch(proposal, by)
    record("change lead", proposal, f"handed the lead to {sponsorship.unit}", by=by)
    return sponsorship


@transaction.atomic
def edit_contribution(
    *, sponsorship: Sponsorship, contribution: str, by: User, began: Mapping[str, Any] | None = None
) -> Sponsorship:
    """Say anew what the own unit brings. Raises Refused, also where a colleague said it meanwhile."""
    sponsorship = _standing(sponsorship)
    proposal = sponsorship.proposal
    allow(
        sponsorship.accepted_at is not None and by.works_for(sponsorship.unit_id),
        f"Only people of {sponsorship.unit} can say what it brings.",
    )
    refuse_if(rules.blockers_to_edit(proposal))
    if not contribution.strip():
        raise Refused("Say in a sentence what your unit brings.")
    stands, mine = ({"contribution": text} for text in (sponsorship.contribution, contribution.strip()))
    labels = {"contribution": "what your unit brings"}
    says = as_a_whole(f"said anew what {sponsorship.unit} brings")
    acts = told_in_history(proposal, "contribute", says, "accept", "sign on")
    to_write(began=began or {}, stands=stands, mine=mine, labels=labels, acts=acts)
    sponsorship.contribution = contribution.strip()
    sponsorship.save(update_fields=["contribution"])
    touch(proposal, by)
    record("contribute", proposal, f"said anew what {sponsorship.unit} brings", by=by)
    return sponsorship


def _standing(sponsorship: Sponsorship) -> Sponsorship:
    """The sponsorship, one of those read under its proposal's lock; refused when it has ended."""
    proposal = locked_with_sponsors(sponsorship.proposal)
    standing = next((s for s in proposal.standing_sponsorships if s.pk == sponsorship.pk), None)
    if standing is None:
        raise Refused(f"{sponsorship.unit} is no longer a sponsor. Please reload the page.")
    return standing


def _invited(sponsorship: Sponsorship, by: User) -> Sponsorship:
    sponsorship = _standing(sponsorship)
    if sponsorship.accepted_at is not None:
        raise Refused(f"{sponsorship.unit} has accepted already. Please reload the page.")
    allow(
        rules.can_answer_invitation(by, sponsorship),
        f"Only the head or the deputy of {sponsorship.unit} can answer the invitation.",
    )
    refuse_if(rules.blockers_to_edit(sponsorship.proposal))
    return sponsorship


def _end(sponsorship: Sponsorship, by: User) -> None:
    sponsorship.left_at, sponsorship.left_by = clock.now(), by
    sponsorship.save(update_fields=["left_at", "left_by"])
