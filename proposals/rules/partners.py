"""Who may join, talk and merge; what stands in the way; the doors to offers, words and mergers."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat
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


def drafts_of(merger: Merger) -> list[Proposal]:
    """The draft that goes on, and the one that goes into it unless that is an intent."""
    return [merger.kept] if merger.merged is None else [merger.kept, merger.merged]


def is_asked_still(merger: Merger) -> bool:
    """Does the unit that is asked still lead a draft of the two? The unit of an intent stays."""
    return merger.merged is None or any(_leads(merger, draft) for draft in drafts_of(merger))


def _leads(merger: Merger, draft: Proposal) -> bool:
    lead = draft.lead
    return lead is not None and lead.pk == merger.to_unit_id


def can_answer_merger(user: User, merger: Merger) -> bool:
    """Head or deputy of the unit that is asked: the other draft's lead, or the intent's unit."""
    return user.speaks_for(merger.to_unit_id) and is_asked_still(merger)


def can_end_merger(user: User, merger: Merger) -> bool:
    """Declined by who answers, taken back by who sponsors the side that proposed, as it stands today."""
    mine = any(can_edit(user, draft) for draft in proposers_of(merger))
    return mine or can_answer_merger(user, merger)


def proposers_of(merger: Merger) -> list[Proposal]:
    """The draft whose sponsors proposed it: the one that the asked unit does not lead.

    Both, where it leads both or none of them any more.
    """
    drafts = drafts_of(merger)
    return [draft for draft in drafts if not _leads(merger, draft)] or drafts


def can_still_merge(merger: Merger) -> bool:
    """Neither answered nor taken back, and no draft of the two has become something else."""
    waits = merger.accepted_at is None and merger.ended_at is None
    return waits and all(draft.status == Status.DRAFT for draft in drafts_of(merger))


def reads_both(user: User, merger: Merger) -> bool:
    """Who answers reads both drafts to decide, while there is something to decide; nobody else does so."""
    return can_still_merge(merger) and can_answer_merger(user, merger)


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
    rows = _named(Merger.objects.all(), user).select_related(
        "kept__season", "merged__season", "intent__unit", "to_unit", "proposed_by"
    )
    rows = rows.prefetch_related(
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
    """Another draft: one that this person may read, or one that the hints told of; its sponsors are left
    to the verb, which reads them under its lock."""
    rows = Proposal.objects.filter(status=Status.DRAFT).select_related("season")
    seen = Q(pk__in=hinted) | Q(pk__in=Proposal.objects.visible_to(user).values("pk"))
    return get_object_or_404(rows.filter(seen), pk=pk)


def standing_mergers(user: User, proposal: Proposal) -> QuerySet:
    """Mergers with this draft that wait for an answer, the other draft named as this person may know it."""
    rows = Merger.objects.standing().filter(Q(kept=proposal) | Q(merged=proposal))
    return _named(rows, user).select_related("intent", "to_unit")


def _named(mergers: QuerySet, user: User) -> QuerySet:
    """With `kept_name` and `merged_name`: number and title for who may read that draft, else its unit."""
    return mergers.annotate(**{f"{side}_name": _name(side, user) for side in ("kept", "merged")})


def _seen(side: str, user: User) -> Exists:
    return Exists(Proposal.objects.visible_to(user).filter(pk=OuterRef(side)))


def _name(side: str, user: User) -> Case:
    lead = Sponsorship.objects.standing().filter(proposal=OuterRef(side), is_lead=True)
    text, code = TextField(), f"{side}__code"
    title = Concat(code, Value(" "), title_read(f"{side}__", user.unit_ids), output_field=text)
    hidden = Concat(Value("a draft of "), Subquery(lead.values("unit__name")[:1]), output_field=text)
    return Case(When(_seen(side, user), then=title), default=hidden)


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


def consequence_of(user: User, merger: Any) -> dict:
    """What the merger would do, as far as this person may know it: names, summaries, what goes over.

    Of a draft of others that stays private its unit alone is named (ADR 0011).
    """
    both = reads_both(user, merger)
    names = {
        "kept_name": str(merger.kept) if both else merger.kept_name,
        "merged_name": str(merger.merged) if both else merger.merged_name,
    }
    if not can_still_merge(merger):
        return names
    read = [draft for draft in drafts_of(merger) if both or is_sponsor(user, draft)]
    found = names | {"can_merge": True, "summaries": _summaries(read), "reads_all": read == drafts_of(merger)}
    return found | (_going_over(merger.kept, merger.merged) if merger.merged and found["reads_all"] else {})


def _summaries(drafts: list[Proposal]) -> list[tuple[Proposal, str]]:
    rows = Section.objects.filter(kind=Section.Kind.SUMMARY, proposal__in=drafts)
    texts = dict(rows.values_list("proposal_id", "text"))
    return [(draft, texts.get(draft.pk, "")) for draft in drafts]


def _going_over(kept: Proposal, merged: Proposal) -> dict:
    """In numbers, and the sponsors that are new."""
    threads = merged.comments.filter(replies_to=None).with_outcome().select_related("newest")
    return {
        "sizes": merged.scales.count(),
        "milestones": merged.milestones.count(),
        "threads": sum(comment.is_open for comment in threads),
        "lines": merged.cost_lines.count(),
        "asks": merged.asks.standing().count(),
        "sponsors": [s.unit for s in merged.standing_sponsorships if s.unit_id not in kept.sponsor_unit_ids],
    }


def joined_in(user: User, proposal: Proposal) -> Merger | None:
    """The merger by which a merged draft ended, and whether this person may read the one that goes on."""
    mergers = _named(proposal.mergers_out.accepted(), user)
    return mergers.annotate(kept_seen=_seen("kept", user)).first()
