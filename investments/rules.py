"""Who may report on what. Every investment may be read by all: what is pending has none yet."""

from django.http import Http404

from activity import clock
from people.models import User
from people.rules import is_cabinet
from slates.models import Slate
from slates.workflow import SlateStatus

from .models import Commitment, Investment
from .workflow import CLOSED, CommitmentStatus, State


def investment_for(user: User, pk: int) -> Investment:
    """The one door to an investment."""
    related = ("season", "goal", "owner", "owner_person", "research_partner", "fund", "decision__version")
    rows = Investment.objects.select_related(*related).defer("decision__version__content")
    investment = rows.filter(pk=pk).first()
    if investment is None:
        raise Http404
    return investment


def commitment_for(user: User, pk: int) -> Commitment:
    """A duty, for those who may say where it stands; 404 for others."""
    rows = Commitment.objects.select_related("investment", "owner", "owner_person")
    commitment = rows.filter(pk=pk).first()
    if commitment is None or not can_update_commitment(user, commitment):
        raise Http404
    return commitment


def is_of_owner(user: User, investment: Investment) -> bool:
    return user.pk == investment.owner_person_id or user.works_for(investment.owner_id)


def can_report(user: User, investment: Investment) -> bool:
    """Owner person, people of the owning unit, and the research partner."""
    return is_of_owner(user, investment) or user.pk == investment.research_partner_id


can_observe = can_report


def can_review(user: User, investment: Investment | None = None) -> bool:
    return is_cabinet(user)


def owes(user: User, commitment: Commitment) -> bool:
    return user.pk == commitment.owner_person_id or user.works_for(commitment.owner_id)


def can_update_commitment(user: User, commitment: Commitment) -> bool:
    return owes(user, commitment) or can_let_go(user, commitment)


def can_let_go(user: User, commitment: Commitment) -> bool:
    """Release from a duty is given by the investment's owner or the cabinet, never by who owes it."""
    return is_cabinet(user) or is_of_owner(user, commitment.investment)


def statuses_for(user: User, commitment: Commitment) -> list[str]:
    """Statuses that this person may give the duty."""
    told = [s for s in CommitmentStatus.values if s != CommitmentStatus.RELEASED]
    given = [CommitmentStatus.RELEASED] if can_let_go(user, commitment) else []
    return (told if owes(user, commitment) else []) + given


def blockers_to_open(slate: Slate) -> list[str]:
    if slate.status == SlateStatus.RELEASED:
        return []
    return ["The decisions of this slate are not released yet. Investments begin with the release."]


def blockers_to_status(commitment: Commitment, status: str, note: str) -> list[str]:
    if status in (CommitmentStatus.LATE, CommitmentStatus.RELEASED) and not note.strip():
        return ["Say why in the note, so that those who count on it can plan."]
    return []


def blockers_to_report(investment: Investment, state: str, by: User) -> list[str]:
    today = clock.today()
    reasons = []
    if investment.state in CLOSED:
        reasons.append(
            f"This investment is {investment.get_state_display().lower()}; nothing more is reported."
        )
    if state in CLOSED:
        reasons.append("Only a review of the cabinet completes or stops an investment. Choose another state.")
    if state == State.WITHIN_DIP and (investment.dip_until is None or investment.dip_until < today):
        reasons.append(
            "No dip was announced for this time. Choose At risk or Off track, and say what you do."
        )
    others = investment.updates.filter(on=today).exclude(written_by=by).select_related("written_by").first()
    if others:
        reasons.append(
            f"{others.written_by} reported today already. Talk to each other, and report tomorrow."
        )
    return reasons


def blockers_to_observe(investment: Investment, measure, on, group: str) -> list[str]:
    if not investment.measures.filter(measure=measure).exists():
        return ["This measure does not belong to the investment. Choose one of its measures."]
    if on > clock.today():
        return ["The day lies ahead. Enter a value once it is known."]
    known = measure.observations.filter(on=on, group=group, school=None).first()
    return [f"There is a value for that day and group already: {known.value.normalize():f}."] if known else []


def blockers_to_review(
    investment: Investment, choice: str, reason: str, next_review_on, ends_on
) -> list[str]:
    if investment.state in CLOSED:
        return [f"This investment is {investment.get_state_display().lower()} already."]
    reasons = [] if reason.strip() else ["Give the reason; it is read by everybody."]
    if choice != Investment.ReviewChoice.STOP and next_review_on is None:
        reasons.append("Say when it is reviewed next.")
    if next_review_on and next_review_on <= clock.today():
        reasons.append("The next review must lie ahead.")
    if ends_on and ends_on < investment.starts_on:
        reasons.append("The end lies before the start.")
    return reasons
