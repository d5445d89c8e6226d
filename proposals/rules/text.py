"""The text while it is written: its door, whether it is closed for somebody, and what was kept."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404

from activity.composed import composed_once
from goals.models import Stage
from people.models import User

from ..models import KeptText, Proposal, Sponsorship
from ..workflow import Status
from .blockers import blockers_to_edit
from .remarks import blockers_to_comment, can_comment

NOT_YET = "Your unit is invited. Once its head or deputy has accepted, you can write here."


def text_for(user: User, pk: int) -> Proposal:
    """The proposal for people of sponsoring and invited units, in one query; 404 for others."""
    return get_object_or_404(_texts_of(frozenset(user.unit_ids)), pk=pk)


@composed_once
def _texts_of(units: frozenset[int]) -> QuerySet:
    mine = Sponsorship.objects.standing().filter(proposal=OuterRef("pk"), unit_id__in=units)
    proposals = Proposal.objects.filter(Exists(mine)).select_related("season").order_by()
    proposals = proposals.annotate(may_write=Exists(mine.filter(accepted_at__isnull=False)))
    return with_closing_day(proposals)


def with_closing_day(proposals: QuerySet) -> QuerySet:
    """Annotate `closes_on`, the last day of the stage in which sponsors edit: one query less for each act."""
    stage, closes = _closing_day()
    return proposals.annotate(stage=stage).annotate(closes_on=closes)


@lru_cache(maxsize=1)
def _closing_day() -> tuple[Case, Subquery]:
    stage = Case(
        When(status=Status.DRAFT, then=Value(Stage.Kind.DRAFTING)), default=Value(Stage.Kind.REVISION)
    )
    closes = Stage.objects.filter(season=OuterRef("season"), kind=OuterRef("stage")).order_by("-closes")
    return stage, Subquery(closes.values("closes")[:1])


def left_text_for(user: User, pk: int) -> Proposal:
    """The proposal for people of units that sponsored it once and left: what they still send is kept for
    them, and they read nothing of it; 404 for others."""
    left = Sponsorship.objects.filter(proposal=OuterRef("pk"), unit_id__in=user.unit_ids)
    left = left.filter(accepted_at__isnull=False, left_at__isnull=False)
    return get_object_or_404(Proposal.objects.filter(Exists(left)), pk=pk)


def closed_text(proposal: Proposal) -> str:
    """Why the person for whom `text_for` read the proposal cannot write now; '' if they can."""
    return " ".join(blockers_to_edit(proposal) if getattr(proposal, "may_write", False) else [NOT_YET])


def kept_for(user: User, pk: int) -> KeptText:
    """Only its author sees what was kept."""
    return get_object_or_404(KeptText.objects.select_related("proposal"), kept_by=user, pk=pk)


def kept_texts(user: User, proposal: Proposal | None = None) -> QuerySet[KeptText]:
    """What was kept for this person, anywhere or there, and neither offered nor discarded yet."""
    rows = KeptText.objects.filter(kept_by=user, settled_at=None)
    return rows if proposal is None else rows.filter(proposal=proposal)


def kept_with_reasons(user: User, rows: Iterable[KeptText]) -> list[tuple[KeptText, str]]:
    """Kept texts, each with why it can only be copied."""
    return [(row, why_not_offered(user, row)) for row in rows]


def why_not_offered(user: User, kept: KeptText) -> str:
    """Why its author can only copy what was kept; '' where it can be suggested to the sponsors."""
    if not kept.is_whole:
        return "Your unit did not sponsor it any more, so your words alone were kept. Copy what you need."
    if not can_comment(user, kept.proposal):
        return "Only its sponsors and whom they invited can suggest wording. Copy what you need."
    if closed := blockers_to_comment(kept.proposal):
        return f"{closed[0]} Copy what you need."
    return ""
