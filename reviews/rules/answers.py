"""Who may answer an ask, settle a condition and lend the right to answer; what stands in the way."""

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from activity import clock
from people.models import Delegation, Post, Unit, User
from people.rules import can_answer_for
from proposals.models import Ask, AskTerms, Proposal, Sponsorship
from proposals.workflow import CIRCULATED, Status

from ..models import Condition, Endorsement

Role = Post.Role
SPEAKERS = (Role.HEAD, Role.DEPUTY)
ANSWERABLE = (Status.DRAFT, Status.SUBMITTED, Status.IN_REVISION, Status.VETTED, Status.HELD)


def works_for_sponsor(user: User, proposal: Proposal) -> bool:
    """Works for a unit that sponsors it or is invited to."""
    return not user.unit_ids.isdisjoint(proposal.sponsor_unit_ids)


def accepted_unit_ids(proposal: Proposal) -> set[int]:
    """Units that said yes to sponsoring: they act for the proposal; who is only invited does not."""
    return {s.unit_id for s in proposal.standing_sponsorships if s.accepted_at is not None}


def heads_on_both_sides(proposal: str = "proposal", asked_unit: str = "asked_unit") -> Exists:
    """For a query of asks or of their terms: the head of the asked unit also works for a sponsor.

    It begins at the few sponsors of each row, so that it stays quick over many thousand rows.
    """
    heads = Post.objects.current().filter(role=Role.HEAD, unit=OuterRef(OuterRef(asked_unit))).order_by()
    today = clock.today()
    by_post = heads.filter(
        Q(person__posts__from_date=None) | Q(person__posts__from_date__lte=today),
        Q(person__posts__until_date=None) | Q(person__posts__until_date__gte=today),
        person__posts__unit=OuterRef("unit"),
    )
    at_home = heads.filter(person__unit=OuterRef("unit"))
    sponsors = Sponsorship.objects.standing().filter(proposal=OuterRef(proposal)).order_by()
    return Exists(sponsors.filter(Exists(at_home) | Exists(by_post)))


def can_answer(user: User, ask: Ask) -> bool:
    """Head, deputy or delegate of the asked unit; never somebody who works for the asking side.

    Where the head works for both sides, the superintendent may answer in place of the deputy.
    """
    if not user.near_unit_ids.isdisjoint(ask.proposal.sponsor_unit_ids):
        return False
    if can_answer_for(user, ask.asked_unit_id):
        return True
    return user.holds(Role.SUPERINTENDENT) and _head_on_both_sides(ask)


def lent_to(user: User, ask: Ask) -> Delegation | None:
    """By which this person answers in the place of somebody; None for head, deputy and all others."""
    if user.speaks_for(ask.asked_unit_id):
        return None
    return user.delegated_acts.get((ask.asked_unit_id, Delegation.Act.ANSWER_ASKS))


def _head_on_both_sides(ask: Ask) -> bool:
    return Ask.objects.filter(heads_on_both_sides(), pk=ask.pk).exists()


def why_not_answer(user: User, ask: Ask) -> str:
    """Who answers instead; '' when this person may."""
    if can_answer(user, ask):
        return ""
    if can_answer_for(user, ask.asked_unit_id):
        return (
            f"You work for a sponsor of {ask.proposal.code}, so you don't answer what it asks. Somebody else "
            f"of {ask.asked_unit.name} answers, or the superintendent where its head works for a sponsor too."
        )
    return (
        f"The head or the deputy of {ask.asked_unit.name} answers this ask, "
        "or somebody to whom they lent the right to answer."
    )


def blockers_to_answer(ask: Ask) -> list[str]:
    if ask.withdrawn_at:
        return ["The sponsors withdrew this ask. Nothing needs an answer any more."]
    if ask.proposal.status not in ANSWERABLE:
        return [f"{ask.proposal.code} is {ask.proposal.get_status_display().lower()}. Its asks are closed."]
    if ask.current_terms is None:
        return ["This ask was not sent yet. The sponsors send it first."]
    return []


def can_settle(user: User, ask: Ask) -> bool:
    """Who speaks for a sponsor that has accepted agrees to a condition or refuses it."""
    return not user.spoken_for_ids.isdisjoint(accepted_unit_ids(ask.proposal))


def blockers_to_settle(condition: Condition) -> list[str]:
    ask = condition.endorsement.terms.ask
    if condition.accepted_at or condition.refused_at:
        verb = "accepted" if condition.accepted_at else "refused"
        return [f"The condition was {verb} already. Ask {ask.asked_unit.name} to answer again to change it."]
    newest = newest_answer(ask)
    if newest is None or newest.pk != condition.endorsement_id:
        return [f"This condition belongs to an earlier answer of {ask.asked_unit.name}. Please reload."]
    return blockers_to_answer(ask)


def read_answers(ask: Ask) -> Ask:
    """Read all answers to all terms once, for a page that shows them."""
    prefetch_related_objects([ask], "terms__endorsements__condition", "terms__endorsements__answered_by")
    return ask


def newest_answer(ask: Ask) -> Endorsement | None:
    """The answer that counts: the newest to the current terms."""
    terms = ask.current_terms
    return max(terms.endorsements.all(), key=lambda e: e.number, default=None) if terms else None


def earlier_terms(ask: Ask) -> list[AskTerms]:
    """Terms that were sent before the current ones, newest first."""
    return sorted(ask.terms.all(), key=lambda terms: -terms.number)[1:]


def reads_proposal(user: User, proposal: Proposal) -> bool:
    """May this person open the proposal itself? The asked unit of a draft reads its ask alone."""
    return proposal.status in CIRCULATED or works_for_sponsor(user, proposal)


def can_delegate(user: User, unit: Unit) -> bool:
    """The head or the deputy lends the right to answer."""
    return user.speaks_for(unit.pk)


def blockers_to_lend(unit: Unit, person: User) -> list[str]:
    """Who already works for a sponsor that asks this unit could not answer that ask."""
    asking = Ask.objects.sent().filter(
        asked_unit=unit,
        proposal__status__in=ANSWERABLE,
        proposal__in=Sponsorship.objects.standing().filter(unit__in=person.near_unit_ids).values("proposal"),
    )
    codes = sorted(set(asking.values_list("proposal__code", flat=True)))
    if not codes:
        return []
    return [
        f"{person} works for a sponsor of {', '.join(codes)}, which asks {unit} for support, and nobody "
        "answers their own ask. Choose somebody else."
    ]


def answer_due(ask: Ask):
    """The day on which the answer to the current terms is due."""
    terms = ask.current_terms
    return (terms and terms.answer_due_on) or ask.proposal.season.answers_due_on


def is_late(ask: Ask) -> bool:
    due = answer_due(ask)
    return due is not None and clock.today() > due
