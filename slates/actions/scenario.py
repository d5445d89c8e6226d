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
from .locking import locked, locked_season, locked_with_season

NOT_A_DECIDER = "Only the superintendent and the CFO build slates."


@transaction.atomic
def create_slate(*, season: Season, name: str, by: User, note: str = "") -> Slate:
    """Begin an empty scenario."""
    season = locked_season(season)
    allow(rules.can_build(by), NOT_A_DECIDER)
    refuse_if(rules.blockers_to_name(season, name))
    slate = Slate.objects.create(
        season=season, name=name.strip(), note=note, created_at=clock.now(), created_by=by
    )
    record("create slate", slate, f"began the slate “{slate.name}”", by=by, private=True)
    return slate


@transaction.atomic
def copy_slate(*, slate: Slate, name: str, by: User) -> Slate:
    """A second scenario with the same items, amounts and decisions, to be changed beside the first."""
    slate = locked_with_season(slate)
    allow(rules.can_build(by), NOT_A_DECIDER)
    refuse_if(rules.blockers_to_name(slate.season, name))
    copy = Slate.objects.create(
        season=slate.season, name=name.strip(), note=slate.note, created_at=clock.now(), created_by=by
    )
    _copy_items(slate, copy)
    _copy_decisions(slate, copy, by)
    record("copy slate", copy, f"copied the slate “{slate.name}” as “{copy.name}”", by=by, private=True)
    return copy


@transaction.atomic
def rename(*, slate: Slate, name: str, by: User, note: str | None = None) -> Slate:
    """Another name, or another note."""
    slate = locked(slate)
    allow(rules.can_build(by), NOT_A_DECIDER)
    refuse_if(rules.blockers_to_name(slate.season, name, but=slate))
    before, slate.name = slate.name, name.strip()
    slate.note = slate.note if note is None else note
    slate.save(update_fields=["name", "note"])
    record("rename slate", slate, f"named the slate “{before}” now “{slate.name}”", by=by, private=True)
    return slate


def _copy_items(slate: Slate, copy: Slate) -> None:
    """What is still on the table; what is decided or withdrawn cannot be bought again."""
    rows = slate.items.filter(proposal__status__in=ON_THE_TABLE).prefetch_related("lines")
    made = []
    for item in rows:
        twin = SlateItem(slate=copy, proposal_id=item.proposal_id, note=item.note)
        made.append((twin, list(item.lines.all())))
    SlateItem.objects.bulk_create(twin for twin, _ in made)
    lines = []
    for twin, originals in made:
        for line in originals:
            line.pk, line.item, line._state.adding = None, twin, True
            lines.append(line)
    SlateLine.objects.bulk_create(lines)


def _copy_decisions(slate: Slate, copy: Slate, by: User) -> None:
    kept = slate.decisions.filter(version__proposal__status__in=ON_THE_TABLE)
    made = []
    for decision in kept.prefetch_related("principles_served", "principles_strained"):
        served, strained = list(decision.principles_served.all()), list(decision.principles_strained.all())
        decision.pk, decision.slate, decision._state.adding = None, copy, True
        decision.published_at, decision.is_imported = None, False
        made.append((decision, served, strained))
    Decision.objects.bulk_create(decision for decision, _, _ in made)
    for name, chosen in (("principles_served", 1), ("principles_strained", 2)):
        through = getattr(Decision, name).through
        through.objects.bulk_create(
            through(decision_id=row[0].pk, principle_id=p.pk) for row in made for p in row[chosen]
        )
    through = Decision.decided_by.through
    through.objects.bulk_create(through(decision_id=row[0].pk, user_id=by.pk) for row in made)
