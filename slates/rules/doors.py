"""Who may build, decide, approve and release, and the doors. Nobody else sees a slate."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from goals.models import Season
from people.models import User
from people.rules import is_cfo, is_decider, is_slate_builder, is_superintendent
from proposals.models import Proposal
from proposals.rules import title_read
from proposals.workflow import ON_THE_TABLE

from ..models import Slate, SlateItem
from ..sheet import Sheet
from ..workflow import PENDING

can_decide = can_freeze = can_release = is_decider
can_approve = can_override = is_cfo
can_concur = is_superintendent


def can_build(user: User) -> bool:
    """Scenarios are built by the deciders, and by people of Finance whom the CFO named."""
    return is_decider(user) or is_slate_builder(user)


def slates_for(user: User, season: Season, rows: QuerySet | None = None) -> QuerySet:
    """The slates of a season; who only builds sees none that tells what will be decided."""
    slates = (Slate.objects if rows is None else rows).filter(season=season)
    if is_decider(user):
        return slates
    return slates.exclude(status__in=PENDING) if can_build(user) else slates.none()


def slate_for(user: User, pk: int, rows: Sequence[Slate] | None = None) -> Slate:
    """The one door to a slate: builders only. `rows` of whoever holds what was read."""
    found: Iterable[Slate] = Slate.objects.select_related("season").filter(pk=pk) if rows is None else rows
    slate = next((row for row in found if row.pk == pk), None) if can_build(user) else None
    if slate is None or (slate.status in PENDING and not is_decider(user)):
        raise Http404
    return slate


def proposal_on_table(slate: Slate, pk: int) -> Proposal:
    """A proposal of the slate's season that it may list."""
    return get_object_or_404(Proposal.objects.on_the_table(), season=slate.season, pk=pk)


def proposal_to_decide(sheet: Sheet, pk: int) -> Proposal:
    """The same out of a sheet that is read."""
    proposal = sheet.by_pk.get(pk)
    if proposal is None or proposal.status not in ON_THE_TABLE or proposal.season_id != sheet.season.pk:
        raise Http404
    return proposal


def item_for(slate: Slate, pk: int) -> SlateItem:
    """An item of a slate that the person may see already."""
    items = slate.items.annotate(read_title=title_read("proposal__"))
    return get_object_or_404(items.select_related("proposal"), pk=pk)
