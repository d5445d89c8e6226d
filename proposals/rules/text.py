"""The text while it is written: its door, whether it is closed for somebody, and what was kept."""

from functools import lru_cache

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404

from activity.composed import composed_once
from goals.models import Stage
from people.models import User

from ..models import KeptText, Proposal, Sponsorship
from ..workflow import Status
from .blockers import blockers_to_edit

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


def closed_text(proposal: Proposal) -> str:
    """Why the person for whom `text_for` read the proposal cannot write now; '' if they can."""
    return " ".join(blockers_to_edit(proposal) if getattr(proposal, "may_write", False) else [NOT_YET])


def kept_for(user: User, pk: int) -> KeptText:
    """Only its author sees what was kept."""
    return get_object_or_404(KeptText.objects.select_related("proposal"), kept_by=user, pk=pk)


def kept_texts(user: User, proposal: Proposal) -> QuerySet[KeptText]:
    """What was kept for this person and neither offered nor discarded yet."""
    return proposal.kept_texts.filter(kept_by=user, settled_at=None)
