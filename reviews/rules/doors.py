"""The one guarded door to each object of this floor: 404 for what may not be seen."""

from django.db.models import Prefetch
from django.http import Http404

from people.models import Delegation, User
from proposals.models import Ask, Proposal, Sponsorship
from proposals.rules import title_read
from proposals.workflow import CIRCULATED

from ..models import Assignment, Condition, Feedback
from .answers import can_answer, can_delegate, works_for_sponsor
from .vetting import can_recuse


def _visible(user: User, acting: bool = False):
    rows = Proposal.objects.visible_to(user).select_related("season")
    sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("unit"))
    return rows if acting else rows.prefetch_related(sponsors)


def circulated_for(user: User, pk: int, *, acting: bool = False) -> Proposal:
    """A proposal that was submitted once; everybody in the district may read it.

    `acting` leaves the sponsors to the verb, which reads them under its lock.
    """
    proposal = _visible(user, acting).filter(pk=pk, status__in=CIRCULATED).first()
    if proposal is None:
        raise Http404
    return proposal


def ask_for(user: User, pk: int, *, acting: bool = False) -> Ask:
    """An ask: for the asked unit once it was sent, for the sponsors, and for all once circulated.

    `acting` leaves the terms to the verb, which reads them under its lock.
    """
    with_units = Sponsorship.objects.select_related("unit")
    ask = (
        Ask.objects.filter(pk=pk)
        .select_related("asked_unit", "proposal__season")
        .annotate(read_title=title_read("proposal__", user.unit_ids))
        .prefetch_related(*(() if acting else ("terms",)), Prefetch("proposal__sponsorships", with_units))
        .first()
    )
    if ask is None or not _sees_ask(user, ask):
        raise Http404
    return ask


def _sees_ask(user: User, ask: Ask) -> bool:
    if works_for_sponsor(user, ask.proposal):
        return True
    if ask.current_terms is None:
        return False
    lent = (ask.asked_unit_id, Delegation.Act.ANSWER_ASKS) in user.delegated_acts
    return (
        user.works_for(ask.asked_unit_id)
        or lent
        or ask.proposal.status in CIRCULATED
        or can_answer(user, ask)
    )


def condition_for(user: User, pk: int) -> Condition:
    """A condition, for who may read its ask."""
    condition = Condition.objects.select_related("endorsement__terms").filter(pk=pk).first()
    if condition is None:
        raise Http404
    ask = ask_for(user, condition.endorsement.terms.ask_id, acting=True)
    condition.endorsement.terms.ask = ask
    return condition


def feedback_for(user: User, pk: int) -> Feedback:
    """A remark on a proposal that this person may see."""
    remarks = Feedback.objects.filter(version__proposal__in=Proposal.objects.visible_to(user))
    remarks = remarks.select_related("version__proposal", "written_by", "answered_by")
    feedback = remarks.filter(pk=pk).first()
    if feedback is None:
        raise Http404
    return feedback


def assignment_for(user: User, pk: int) -> Assignment:
    """A reviewer's own assignment; the steward sees all."""
    assignment = Assignment.objects.select_related("proposal", "reviewer").filter(pk=pk).first()
    if assignment is None or not can_recuse(user, assignment):
        raise Http404
    return assignment


def delegation_for(user: User, pk: int) -> Delegation:
    """A delegation of a unit for which this person speaks."""
    delegation = Delegation.objects.select_related("unit", "person").filter(pk=pk).first()
    if delegation is None or not can_delegate(user, delegation.unit):
        raise Http404
    return delegation
