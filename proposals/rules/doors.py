"""The guarded doors: each object as this person may see it, or 404."""

from django.db.models import (
    Case,
    Exists,
    F,
    JSONField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.fields.json import KT
from django.shortcuts import get_object_or_404

from people.models import User

from ..models import Ask, CostLine, Intent, Proposal, ProposalLink, ProposalVersion, Sponsorship
from ..workflow import Status
from .rights import is_sponsor

# Versions that everybody may read; sign-on rounds and named ones are the sponsors' own.
READ_BY_ALL = (
    ProposalVersion.Kind.SUBMISSION, ProposalVersion.Kind.RESUBMISSION, ProposalVersion.Kind.DECISION,
)  # fmt: skip


def _with_sponsors(proposals: QuerySet) -> QuerySet:
    sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("unit"))
    return proposals.select_related("season", "contact", "research_partner").prefetch_related(sponsors)


def proposal_for(user: User, pk: int) -> Proposal:
    """The proposal, with season and sponsors; 404 for other units' drafts."""
    return get_object_or_404(_with_sponsors(Proposal.objects.visible_to(user)), pk=pk)


def editable_proposal_for(user: User, pk: int) -> Proposal:
    """The door of the workspace: people of sponsoring and invited units; 404 for everybody else.

    Whether it may be changed today is said by `can_edit` and `blockers_to_edit`.
    """
    return get_object_or_404(_with_sponsors(Proposal.objects.sponsored_by(user)), pk=pk)


def sponsorship_for(user: User, pk: int) -> Sponsorship:
    """A standing sponsorship of a proposal that this person's unit sponsors or is invited to."""
    found = get_object_or_404(Sponsorship.objects.standing(), pk=pk)
    found.proposal = editable_proposal_for(user, found.proposal_id)
    found.unit = next(s.unit for s in found.proposal.standing_sponsorships if s.pk == found.pk)
    return found


def sponsorship_of(proposal: Proposal, key: str) -> Sponsorship | None:
    """The standing sponsorship with this key, as a form sends it; None for anything else."""
    return next((s for s in proposal.standing_sponsorships if str(s.pk) == key), None)


def draft_ask_for(user: User, pk: int) -> Ask:
    """An ask in the workspace of its sponsors."""
    ask = get_object_or_404(
        Ask.objects.standing().select_related("asked_unit").prefetch_related("terms"), pk=pk
    )
    ask.proposal = editable_proposal_for(user, ask.proposal_id)
    return ask


def version_for(user: User, pk: int, number: int) -> ProposalVersion:
    """A frozen version: submissions for everybody, sign-on rounds for the sponsors."""
    proposal = proposal_for(user, pk)
    kinds = ProposalVersion.Kind.values if is_sponsor(user, proposal) else READ_BY_ALL
    version = get_object_or_404(proposal.versions.filter(kind__in=kinds), number=number)
    version.proposal = proposal
    return version


def readable(user: User) -> QuerySet:
    """Proposals that this person may read, for lists of relations."""
    return Proposal.objects.visible_to(user)


def cost_line_of(proposal: Proposal, number: int) -> CostLine:
    return get_object_or_404(proposal.cost_lines.select_related("position"), number=number)


def link_of(proposal: Proposal, pk: int) -> ProposalLink:
    return get_object_or_404(proposal.links_out.all(), pk=pk)


def newest_circulated(proposal: Proposal) -> ProposalVersion | None:
    """What everybody but the sponsors reads."""
    return proposal.versions.filter(kind__in=READ_BY_ALL).order_by("-number").first()


def as_read_by(user: User, proposals: QuerySet) -> QuerySet:
    """Annotate `read_title`, and `read_content` where a list must not show the rows as they stand.

    While sponsors revise, everybody else reads what was circulated last.
    """
    mine = Sponsorship.objects.standing().filter(proposal=OuterRef("pk"), unit_id__in=user.unit_ids)
    circulated = ProposalVersion.objects.filter(proposal=OuterRef("pk"), kind__in=READ_BY_ALL)
    circulated = circulated.order_by("-number")
    revised = Q(~Exists(mine), status=Status.IN_REVISION)
    title, content = circulated.values(said=KT("content__title"))[:1], circulated.values("content")[:1]
    return proposals.annotate(
        read_title=Case(When(revised, then=Subquery(title)), default=F("title"), output_field=TextField()),
        read_content=Case(When(revised, then=Subquery(content)), output_field=JSONField()),
    )


def intent_for(user: User, pk: int) -> Intent:
    """Intents are read by everybody who is signed in."""
    return get_object_or_404(Intent.objects.select_related("season", "unit", "problem"), pk=pk)
