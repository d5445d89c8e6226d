"""The guarded doors: each object as this person may see it, or 404."""

from collections.abc import Iterable
from functools import lru_cache

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
from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import User

from ..models import (
    Ask,
    CostLine,
    Intent,
    KeptText,
    Proposal,
    ProposalLink,
    ProposalMilestone,
    ProposalVersion,
    Sponsorship,
)
from ..models.proposal import sponsored_by_one_of
from ..workflow import Status
from .rights import is_sponsor

# Versions that everybody may read; sign-on rounds and named ones are the sponsors' own.
READ_BY_ALL = (
    ProposalVersion.Kind.SUBMISSION, ProposalVersion.Kind.RESUBMISSION, ProposalVersion.Kind.DECISION,
)  # fmt: skip


def _with_sponsors(proposals: QuerySet) -> QuerySet:
    sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("unit"))
    return proposals.select_related("season", "contact", "research_partner").prefetch_related(sponsors)


def proposal_for(user: User, pk: int, *, acting: bool = False) -> Proposal:
    """The proposal, with season, sponsors and `read_title`; 404 for other units' drafts.

    `keeps` says whether words of this person wait there that came after the text was closed. `acting`
    leaves that and the sponsors to the verb, which reads them under its lock.
    """
    proposals = Proposal.objects.visible_to(user).annotate(read_title=title_read(units=user.unit_ids))
    if acting:
        return get_object_or_404(proposals.select_related("season"), pk=pk)
    kept = KeptText.objects.filter(proposal=OuterRef("pk"), kept_by=user, settled_at=None)
    return get_object_or_404(_with_sponsors(proposals).annotate(keeps=Exists(kept)), pk=pk)


def editable_proposal_for(user: User, pk: int, *, acting: bool = False) -> Proposal:
    """The door of the workspace: people of sponsoring and invited units; 404 for everybody else.

    Whether it may be changed today is said by `can_edit` and `blockers_to_edit`. `acting` leaves the
    sponsors to the verb, which reads them under its lock.
    """
    proposals = Proposal.objects.sponsored_by(user)
    return get_object_or_404(
        proposals.select_related("season") if acting else _with_sponsors(proposals), pk=pk
    )


def sponsorship_for(user: User, pk: int) -> Sponsorship:
    """A standing sponsorship of a proposal that this person's unit sponsors or is invited to."""
    return get_object_or_404(_standing_for(user), pk=pk)


def ended_sponsorship_for(user: User, pk: int) -> Sponsorship:
    """A sponsorship of the own unit that ended, for who was writing on it: its unit and its own dates
    only, since the draft itself may be theirs no more."""
    rows = Sponsorship.objects.exclude(left_at=None).filter(unit__in=user.unit_ids)
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def sponsorship_of(user: User, proposal: int, key: str) -> Sponsorship | None:
    """The standing sponsorship with this key, as a form sends it; None for anything else."""
    rows = _standing_for(user).filter(proposal=proposal)
    return rows.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None


def _standing_for(user: User) -> QuerySet:
    rows = Sponsorship.objects.standing().select_related("unit", "proposal__season")
    return rows.filter(proposal__in=Proposal.objects.sponsored_by(user))


def draft_ask_for(user: User, pk: int, *, also_withdrawn: bool = False) -> Ask:
    """An ask in the workspace of its sponsors; a withdrawn one only for who was writing on it."""
    asks = Ask.objects.all() if also_withdrawn else Ask.objects.standing()
    ask = get_object_or_404(asks.select_related("asked_unit").prefetch_related("terms"), pk=pk)
    ask.proposal = editable_proposal_for(user, ask.proposal_id)
    return ask


def version_for(user: User, pk: int, number: int) -> ProposalVersion:
    """A frozen version: submissions for everybody, sign-on rounds for the sponsors."""
    proposal = proposal_for(user, pk)
    version = get_object_or_404(versions_for(user, proposal), number=number)
    version.proposal = proposal
    return version


def versions_for(user: User, proposal: Proposal) -> QuerySet[ProposalVersion]:
    """The versions of it that this person may read, newest first."""
    kinds = ProposalVersion.Kind.values if is_sponsor(user, proposal) else READ_BY_ALL
    return proposal.versions.filter(kind__in=kinds).order_by("-number")


def readable(user: User) -> QuerySet:
    """Proposals that this person may read, for lists of relations."""
    return Proposal.objects.visible_to(user)


def cost_line_of(proposal: Proposal, number: int, shown: str | None = None) -> CostLine:
    """The line with this number. `shown` is the key of the line that a page was opened with: another one
    that took the number of a removed line is not meant."""
    codes = "unit", "fund", "function", "object", "benefits_object", "position"
    line = get_object_or_404(proposal.cost_lines.select_related(*codes), number=number)
    if shown not in (None, str(line.pk)):
        raise Http404
    return line


def milestone_of(proposal: Proposal, pk: int) -> ProposalMilestone:
    return get_object_or_404(proposal.milestones.select_related("unit"), pk=pk)


def link_of(proposal: Proposal, pk: int) -> ProposalLink:
    return get_object_or_404(proposal.links_out.all(), pk=pk)


def newest_circulated(proposal: Proposal) -> ProposalVersion | None:
    """What everybody but the sponsors reads."""
    return proposal.versions.filter(kind__in=READ_BY_ALL).order_by("-number").first()


def content_read(units: Iterable[int]) -> Case:
    """For a query: the frozen content that people of these units read, None where they read the row.

    While sponsors revise, everybody else reads what was circulated last.
    """
    return _content_read(frozenset(units))


def title_read(path: str = "", units: Iterable[int] = ()) -> Case:
    """For a query: the title as people of these units read it, or anybody who does not sponsor the proposal.

    `path` leads from the row to its proposal, such as `ask__proposal__`.
    """
    return _title_read(path, frozenset(units))


# What is asked is put together once for the people of the same units; the answers are read each time.


@lru_cache(maxsize=200)
def _content_read(units: frozenset[int]) -> Case:
    content = Subquery(_circulated("pk").values("content")[:1])
    return Case(When(_revised_by_others("", units), then=content), output_field=JSONField())


@lru_cache(maxsize=200)
def _title_read(path: str, units: frozenset[int]) -> Case:
    title = Subquery(_circulated(f"{path}pk").values(said=KT("content__title"))[:1])
    return Case(
        When(_revised_by_others(path, units), then=title), default=F(f"{path}title"), output_field=TextField()
    )


def _circulated(proposal: str) -> QuerySet:
    versions = ProposalVersion.objects.filter(proposal=OuterRef(proposal), kind__in=READ_BY_ALL)
    return versions.order_by("-number")


def _revised_by_others(path: str, units: frozenset[int]) -> Q:
    mine = sponsored_by_one_of(units, path)
    return Q(~mine, **{f"{path}status": Status.IN_REVISION})


def intent_for(user: User, pk: int) -> Intent:
    """Intents are read by everybody who is signed in."""
    return get_object_or_404(Intent.objects.with_names().select_related("season", "unit", "problem"), pk=pk)
