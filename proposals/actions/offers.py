"""Offering to join an intent or a proposal as co-sponsor, taking it back, and the sponsors' answer."""

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from people.models import Unit, User

from .. import rules
from ..models import Intent, Offer, Proposal, Sponsorship
from ..rules import partners
from .asks import send_again
from .baton import locked_with_sponsors, with_sponsors_anew
from .drafting import allow_edit, touch
from .joining import held_open, sponsors_by_unit, take_up

YOURS = "You can offer for a unit where you are head, deputy, contributor or principal."


@transaction.atomic
def offer_to_join_intent(*, intent: Intent, unit: Unit, brings: str, by: User) -> Offer:
    """Offer to write it together; the offer comes along when a proposal is started. Raises Refused."""
    intent = held_open(intent)
    _allow_offer(unit, brings, by)
    if unit.pk == intent.unit_id:
        raise Refused(f"This is an intent of {unit} itself. It is a sponsor anyway.")
    if intent.offers.standing().filter(unit=unit).exists():
        raise Refused(f"{unit} has offered to join already.")
    offer = _offer(unit, brings, by, intent=intent)
    record("offer to join", intent, f"offered for {unit} to join the intent “{intent.title}”", by=by)
    return offer


@transaction.atomic
def offer_to_join_proposal(*, proposal: Proposal, unit: Unit, brings: str, by: User) -> Offer:
    """Ask the sponsors of a proposal that can be read to take the own unit in. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    _allow_offer(unit, brings, by)
    refuse_if(rules.blockers_to_edit(proposal))
    if unit.pk in proposal.sponsor_unit_ids:
        raise Refused(f"{unit} sponsors this proposal already or is invited.")
    if proposal.offers.standing().filter(unit=unit).exists():
        raise Refused(f"{unit} has asked to join already. The sponsors answer.")
    offer = _offer(unit, brings, by, proposal=proposal)
    record("offer to join", proposal, f"asked for {unit} to join {proposal.code} as sponsor", by=by)
    return offer


@transaction.atomic
def accept_offer(*, offer: Offer, proposal: Proposal, by: User) -> Sponsorship:
    """Take the offering unit in as sponsor; its sent asks are asked anew. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    offer = _standing(offer)
    if offer.proposal_id != proposal.pk and offer.intent_id != (proposal.intent_id or 0):
        raise Refused("This offer is about another proposal. Please reload the page.")
    if offer.unit_id in proposal.sponsor_unit_ids:
        raise Refused(f"{offer.unit} sponsors this proposal already or is invited. Please reload the page.")
    if asked := proposal.asks.standing().filter(asked_unit=offer.unit_id).first():
        raise Refused(f"{offer.unit} is asked for support in {asked.code}. Withdraw that ask first.")
    taken = take_up([offer], proposal, by, sponsors_by_unit(proposal))
    if offer.is_spoken:
        send_again(with_sponsors_anew(proposal), by)
    touch(proposal, by)
    record("accept offer", proposal, f"took {offer.unit} in as sponsor of {proposal.code}", by=by)
    return taken[0]


@transaction.atomic
def end_offer(*, offer: Offer, by: User) -> Offer:
    """Take an offer back for the own unit, or decline it as sponsors or as the intent's unit."""
    about = offer.proposal
    subject = locked_with_sponsors(about) if about is not None else held_open(offer.intent)
    offer = _standing(offer)
    allow(
        partners.can_end_offer(by, offer, subject),
        f"Only people of {offer.unit}, or those it offered to join, can end this offer.",
    )
    offer.ended_at, offer.ended_by = clock.now(), by
    offer.save(update_fields=["ended_at", "ended_by"])
    mine = by.works_for(offer.unit_id)
    words = f"took back the offer of {offer.unit} to join" if mine else f"declined the offer of {offer.unit}"
    record("end offer", subject, words, by=by)
    return offer


def _allow_offer(unit: Unit, brings: str, by: User) -> None:
    allow(rules.can_start_proposal(by, unit.pk), YOURS)
    if not brings.strip():
        raise Refused("Say in a sentence what your unit brings.")


def _offer(unit: Unit, brings: str, by: User, **about: Intent | Proposal) -> Offer:
    return Offer.objects.create(
        unit=unit, brings=brings.strip(), offered_at=clock.now(), offered_by=by,
        is_spoken=by.speaks_for(unit.pk), **about,
    )  # fmt: skip


def _standing(offer: Offer) -> Offer:
    row = Offer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=offer.pk)
    if row.taken_up_at is not None or row.ended_at is not None:
        raise Refused(f"The offer of {row.unit} was answered or taken back. Please reload the page.")
    return row
