"""Who may join, talk and merge; what stands in the way; the doors to offers, words and mergers."""

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import User

from ..models import Intent, Merger, Offer, Proposal, ProposalLink, Section, Sponsorship, Talk
from ..workflow import Status
from .blockers import blockers_to_edit
from .doors import title_read
from .rights import can_edit, is_sponsor


def can_edit_intent(user: User, intent: Intent) -> bool:
    """Works for the unit that posted it."""
    return user.works_for(intent.unit_id)


def blockers_to_join_intent(intent: Intent) -> list[str]:
    """A closed intent looks for nobody."""
    if intent.closed_at is None:
        return []
    return [f"The intent “{intent.title}” is closed: {intent.why_closed} Its page shows what came of it."]


def can_end_offer(user: User, offer: Offer, subject: Intent | Proposal) -> bool:
    """The offering unit takes it back; the intent's unit or the sponsors decline it."""
    theirs = can_edit(user, subject) if isinstance(subject, Proposal) else can_edit_intent(user, subject)
    return user.works_for(offer.unit_id) or theirs


def can_answer_merger(user: User, merger: Merger) -> bool:
    """Head or deputy of the unit that is asked: the other draft's lead, or the intent's unit."""
    return user.speaks_for(merger.to_unit_id)


def can_end_merger(user: User, merger: Merger) -> bool:
    """Declined by who answers, taken back by people of the side that proposed."""
    mine = merger.proposed_by_id == user.pk or can_answer_merger(user, merger)
    return mine or can_edit(user, proposer_of(merger))


def proposer_of(merger: Merger) -> Proposal:
    """The draft whose sponsors proposed it."""
    lead = merger.kept.lead
    asked_is_kept = lead is not None and lead.pk == merger.to_unit_id
    return merger.merged if merger.merged is not None and asked_is_kept else merger.kept


def blockers_to_merge(kept: Proposal, merged: Proposal | None) -> list[str]:
    """Only drafts that may be changed today go into each other."""
    found = []
    for proposal in (kept, merged):
        if proposal is None:
            continue
        if proposal.status != Status.DRAFT:
            label = Status(proposal.status).label.lower()
            found.append(f"{proposal.code} is {label}: only two drafts can be merged. Link them instead.")
        else:
            found += blockers_to_edit(proposal)
    return found


def offer_for(user: User, pk: int) -> Offer:
    """An offer as its unit, the intent's unit, or the sponsors see it."""
    offer = get_object_or_404(Offer.objects.select_related("unit", "intent__unit", "proposal__season"), pk=pk)
    subject = offer.proposal or offer.intent
    theirs = is_sponsor(user, subject) if offer.proposal_id else can_edit_intent(user, subject)
    if not (theirs or user.works_for(offer.unit_id)):
        raise Http404
    return offer


def talk_for(user: User, pk: int) -> Talk:
    """A word between two units, for people of either."""
    rows = Talk.objects.select_related("from_unit", "to_unit", "said_by", "intent", "proposal")
    units = user.unit_ids
    return get_object_or_404(rows.filter(Q(from_unit__in=units) | Q(to_unit__in=units)), pk=pk)


def merger_for(user: User, pk: int) -> Merger:
    """A proposed merger, for who answers it and for the sponsors who proposed it."""
    rows = Merger.objects.select_related(
        "kept__season", "merged__season", "intent__unit", "to_unit", "proposed_by"
    ).prefetch_related(
        *(
            Prefetch(f"{one}__sponsorships", Sponsorship.objects.select_related("unit"))
            for one in ("kept", "merged")
        )
    )
    merger = get_object_or_404(rows, pk=pk)
    if not can_end_merger(user, merger):
        raise Http404
    return merger


def draft_to_merge(user: User, pk: int, hinted: Collection[int]) -> Proposal:
    """Another draft: one that this person may read, or one that the hints told of."""
    rows = Proposal.objects.filter(status=Status.DRAFT).select_related("season")
    seen = Q(pk__in=hinted) | Q(pk__in=Proposal.objects.visible_to(user).values("pk"))
    return get_object_or_404(rows.filter(seen).prefetch_related("sponsorships__unit"), pk=pk)


def standing_mergers(proposal: Proposal) -> QuerySet:
    """Mergers with this draft that wait for an answer."""
    rows = Merger.objects.standing().filter(Q(kept=proposal) | Q(merged=proposal))
    return rows.select_related("kept", "merged", "intent", "to_unit")


def offer_to(proposal: Proposal, pk: int) -> Offer:
    """A standing offer to this draft, or to the intent from which it was started."""
    return get_object_or_404(standing_offers(proposal), pk=pk)


def standing_offers(proposal: Proposal) -> QuerySet:
    about = Q(proposal=proposal)
    if proposal.intent_id:
        about |= Q(intent=proposal.intent_id)
    return Offer.objects.standing().filter(about).select_related("unit")


def link_on_either_side(user: User, proposal: Proposal, pk: int) -> ProposalLink:
    return get_object_or_404(_links(user, proposal), pk=pk)


def relations_of(user: User, proposal: Proposal) -> list[ProposalLink]:
    """Relations in both directions, each with the titles that this person reads."""
    titles = {f"{side}_title": title_read(f"{side}__", user.unit_ids) for side in ("source", "target")}
    return list(_links(user, proposal).annotate(**titles))


def _links(user: User, proposal: Proposal) -> QuerySet:
    """As far as this person may read the other side."""
    readable = Proposal.objects.visible_to(user).values("pk")
    rows = ProposalLink.objects.select_related("source", "target")
    return rows.filter(Q(source=proposal, target__in=readable) | Q(target=proposal, source__in=readable))


def consequence_of(merger: Merger) -> dict:
    """What would go over, in numbers, and the summaries side by side; the answering side may read both."""
    other, kept = merger.merged, merger.kept
    summaries = Section.objects.filter(kind=Section.Kind.SUMMARY, proposal__in=[kept, other])
    texts = dict(summaries.values_list("proposal_id", "text"))
    found = {"kept_summary": texts.get(kept.pk, "")}
    if other is None:
        return found
    asks = other.asks.standing()
    threads = other.comments.filter(replies_to=None).with_outcome().select_related("newest")
    return found | {
        "sizes": other.scales.count(),
        "milestones": other.milestones.count(),
        "threads": sum(comment.is_open for comment in threads),
        "merged_summary": texts.get(other.pk, ""),
        "lines": other.cost_lines.count(),
        "asks": asks.count(),
        "sponsors": [s.unit for s in other.standing_sponsorships if s.unit_id not in kept.sponsor_unit_ids],
    }


def joined_in(proposal: Proposal) -> Merger | None:
    """The merger by which a merged draft ended; its kept draft goes on."""
    return proposal.mergers_out.accepted().select_related("kept").first()
