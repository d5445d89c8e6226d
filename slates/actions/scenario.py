"""Beginning, copying and naming scenarios."""

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import allow, refuse_if
from goals.models import Season
from people.models import User
from proposals.workflow import ON_THE_TABLE

from .. import rules
from ..models import Decision, Slate, SlateItem, SlateLine
from .locking import locked, locked_season

NOT_A_BUILDER = "Only the superintendent, the CFO and whom the CFO names build slates."


@transaction.atomic
def create_slate(*, season: Season, name: str, by: User, note: str = "") -> Slate:
    """Begin an empty scenario."""
    season = locked_season(season)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_name(name, season.slates.all()))
    slate = Slate.objects.create(
        season=season, name=name.strip(), note=note, created_at=clock.now(), created_by=by
    )
    record("create slate", slate, f"began the slate “{slate.name}”", by=by, private=True)
    return slate


@transaction.atomic
def copy_slate(*, slate: Slate, name: str, by: User) -> Slate:
    """A second scenario to be changed beside the first: its items and amounts, and a decider's decisions."""
    slate = locked(slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_name(name, [slate, *(slate.others or ())]))
    copy = Slate.objects.create(
        season=slate.season, name=name.strip(), note=slate.note, created_at=clock.now(), created_by=by
    )
    _copy_items(slate, copy)
    if rules.can_decide(by):
        _copy_decisions(slate, copy, by)
    record("copy slate", copy, f"copied the slate “{slate.name}” as “{copy.name}”", by=by, private=True)
    return copy


@transaction.atomic
def rename(*, slate: Slate, name: str, by: User, note: str | None = None) -> Slate:
    """Another name, or another note."""
    slate = locked(slate)
    allow(rules.can_build(by), NOT_A_BUILDER)
    refuse_if(rules.blockers_to_name(name, slate.others or ()))
    before, slate.name = slate.name, name.strip()
    slate.note = slate.note if note is None else note
    slate.save(update_fields=["name", "note"])
    record("rename slate", slate, f"named the slate “{before}” now “{slate.name}”", by=by, private=True)
    return slate


def _copy_items(slate: Slate, copy: Slate) -> None:
    """What is still on the table; what is decided or withdrawn cannot be bought again."""
    rows = SlateLine.objects.filter(item__slate=slate, item__proposal__status__in=ON_THE_TABLE)
    lines = list(rows.select_related("item"))
    twins = {
        line.item_id: SlateItem(slate=copy, proposal_id=line.item.proposal_id, note=line.item.note)
        for line in lines
    }
    SlateItem.objects.bulk_create(twins.values())
    for line in lines:
        line.pk, line.item, line._state.adding = None, twins[line.item_id], True
    SlateLine.objects.bulk_create(lines)


def _copy_decisions(slate: Slate, copy: Slate, by: User) -> None:
    kept = slate.decisions.filter(version__proposal__status__in=ON_THE_TABLE)
    made = list(kept)
    for decision in made:
        decision.pk, decision.slate, decision._state.adding = None, copy, True
        decision.published_at, decision.is_imported = None, False
    Decision.objects.bulk_create(made)
    through = Decision.decided_by.through
    through.objects.bulk_create(through(decision_id=row.pk, user_id=by.pk) for row in made)
