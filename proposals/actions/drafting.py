"""Beginning a proposal and writing it: title, goals, details, sections."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, QuerySet, Value, When

from activity import clock
from activity.actions import record
from activity.keys import next_code
from activity.refused import Refused, allow, refuse_if
from goals.models import Season, season_over
from people.models import Unit, User

from .. import rules
from ..models import Intent, Proposal, Section, Sponsorship
from ..rules import partners
from .baton import locked_with_sponsors
from .joining import bring_partners, held_open
from .meanwhile import by_label, digest_of, to_write, told_in_history
from .text import Text

COLUMNS = {
    "title": "title",
    "reach": "reach",
    "grades": "grades",
    "students_served": "students served",
    "evidence_tier": "evidence",
    "cycle_years": "cycle",
    "meeting": "meeting that it uses",
    "meeting_minutes": "minutes a month in it",
    "contact": "contact",
    "research_partner": "research partner",
}
LISTS = {
    "goals": "goals",
    "causes": "root causes",
    "schools": "schools",
    "principles_served": "principles served",
    "principles_strained": "principles strained",
}


@transaction.atomic
def start_proposal(
    *, season: Season, unit: Unit, title: str, by: User, intent: Intent | None = None
) -> Proposal:
    """Start a draft that `unit` leads, fresh or from an intent: then who offered to join comes along.

    Raises Refused.
    """
    # The season is held, so that each draft gets its own number.
    if intent is None:
        rows = Season.objects.select_for_update(of=("self",))
        held: Any = rows.annotate(season_is_over=season_over("pk")).get(pk=season.pk)
        season = held
    else:
        held = intent = held_open(intent, also=("season",))
        season = intent.season
        allow(
            partners.can_edit_intent(by, intent),
            f"Only people of {intent.unit} can start a proposal from its intent. Join it, or start afresh.",
        )
    allow(
        rules.can_start_proposal(by, unit.pk),
        "You can start a proposal for a unit where you are head, deputy, contributor or principal.",
    )
    refuse_if(rules.blockers_to_start(season, title, held.season_is_over))
    now = clock.now()
    proposal = Proposal.objects.create(
        season=season, title=title, intent=intent, created_at=now, created_by=by, contact=by,
        code=next_code("P", season.proposals.values_list("code", flat=True)),
    )  # fmt: skip
    lead = Sponsorship(
        proposal=proposal, unit=unit, is_lead=True, invited_at=now, invited_by=by,
        accepted_at=now, accepted_by=by,
    )  # fmt: skip
    if intent is None:
        lead.save(force_insert=True)
    else:
        _begin_from(intent, proposal, lead, by)
    record("start", proposal, f"started {proposal.code} for {unit}", by=by)
    return proposal


def _begin_from(intent: Intent, proposal: Proposal, lead: Sponsorship, by: User) -> None:
    """Goals, the idea as summary, the lead, and the units that offered to join."""
    add_to(proposal, "goals", intent.goals.order_by().values_list("pk", flat=True))
    bring_partners(intent, proposal, by, {lead.unit_id: lead})
    if intent.idea:
        Section.objects.create(
            proposal=proposal, kind=Section.Kind.SUMMARY, text=intent.idea, edited_at=proposal.created_at,
            edited_by=by,
        )  # fmt: skip


@transaction.atomic
def edit_details(
    *, proposal: Proposal, values: Mapping[str, Any], by: User, began: Mapping[str, Any] | None = None
) -> Proposal:
    """Save title, goals, schools and the other facts. Raises Refused.

    `began` holds what the form was opened with; fields that only others changed stay theirs.
    """
    proposal = _to_edit(proposal, by)
    labels = COLUMNS | LISTS
    stands = details_of(proposal, [name for name in labels if name in values])
    acts = told_in_history(proposal, "edit", by_label(labels), "merge")
    changed = to_write(began=began or {}, stands=stands, mine=values, labels=labels, acts=acts)
    if not changed:
        return proposal
    if "title" in changed and not str(changed["title"]).strip():
        raise Refused("A proposal needs a title.")
    touch(proposal, by, **{name: changed[name] for name in COLUMNS if name in changed})
    for name in LISTS:
        if name in changed:
            set_list(proposal, name, stands[name], changed[name])
    record("edit", proposal, f"changed {', '.join(labels[n] for n in labels if n in changed)}", by=by)
    return proposal


def details_of(proposal: Proposal, names: Iterable[str]) -> dict[str, Any]:
    """What stands in these details now; lists as the keys of their rows, all in one query."""
    names = list(names)
    found: dict[str, Any] = {name: [] if name in LISTS else getattr(proposal, name) for name in names}
    lists = [_keys(proposal, name) for name in names if name in LISTS]
    if lists:
        for name, key in lists[0].union(*lists[1:], all=True):
            found[name].append(key)
    return found


def set_list(row: Proposal | Intent, name: str, stands: Collection[int], rows: Iterable) -> None:
    """Make a list hold these rows, or rows of these keys; knowing what stands saves a query."""
    manager = getattr(row, name)
    keys = {getattr(one, "pk", one) for one in rows}
    source, target = manager.source_field_name, manager.target_field_name
    gone, new = sorted(set(stands) - keys), sorted(keys - set(stands))
    links = manager.through.objects.filter(**{source: row.pk})
    # What goes and what comes change places in one query; only what is left over is taken off or added.
    places = [When(**{target: old}, then=Value(key)) for old, key in zip(gone, new, strict=False)]
    if places:
        links.filter(**{f"{target}__in": gone[: len(places)]}).update(**{target: Case(*places)})
    if left := gone[len(places) :]:
        links.filter(**{f"{target}__in": left}).delete()
    add_to(row, name, new[len(places) :])


def add_to(row: Proposal | Intent, name: str, keys: Iterable[int]) -> None:
    """Add rows of these keys, none of which stands in the list, in one query."""
    manager = getattr(row, name)
    source, target = f"{manager.source_field_name}_id", f"{manager.target_field_name}_id"
    manager.through.objects.bulk_create(
        manager.through(**{source: row.pk, target: key}) for key in sorted(keys)
    )


def _keys(proposal: Proposal, name: str) -> QuerySet:
    rows = getattr(proposal, name).order_by()
    return rows.values_list(Value(name, CharField()), "pk")


@transaction.atomic
def edit_sections(
    *, proposal: Proposal, texts: Mapping[str, str], by: User, began: Mapping[str, str] | None = None
) -> list[Section]:
    """Save the sections that this person changed. Raises Refused.

    `began` holds `digest_of` the texts that the form was opened with, by kind.
    """
    return write_sections(Text(_to_edit(proposal, by), texts), texts, by, began)


@transaction.atomic
def write_sections(
    text: Text, texts: Mapping[str, str], by: User, began: Mapping[str, str] | None
) -> list[Section]:
    """What `edit_sections` does, with the text of a proposal that the verb has locked and allowed."""
    stands = {kind: text.says(kind) for kind in texts}
    labels = dict(Section.Kind.choices)
    acts = text.written_by
    changed = to_write(began=began or {}, stands=stands, mine=texts, labels=labels, mark=digest_of, acts=acts)
    for kind, words in changed.items():
        text.rewrite(kind, words, by)
    put_down(text, by)
    return [text.sections[kind] for kind in changed]


def put_down(text: Text, by: User) -> None:
    """Write what was added to a text, and record in which sections."""
    text.write(by)
    if text.changed:
        names = ", ".join(f"“{kind.label}”" for kind in Section.Kind if kind in text.changed)
        record("edit sections", text.proposal, f"wrote {names}", by=by)


def edit_section(
    *, proposal: Proposal, kind: str, text: str, by: User, began: str | None = None
) -> list[Section]:
    """Save one section; see `edit_sections`."""
    opened = {} if began is None else {kind: began}
    return edit_sections(proposal=proposal, texts={kind: text}, by=by, began=opened)


def touch(proposal: Proposal, by: User, **columns: Any) -> None:
    """Note who saved last, together with `columns`, under the lock of the proposal."""
    Proposal.objects.filter(pk=proposal.pk).update(edited_at=clock.now(), edited_by=by, **columns)
    for name, value in columns.items():
        setattr(proposal, name, value)


def _to_edit(proposal: Proposal, by: User) -> Proposal:
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    return proposal


def allow_edit(proposal: Proposal, by: User) -> None:
    """Refuse who does not sponsor the proposal, and what is closed for editing."""
    allow(
        rules.can_edit(by, proposal),
        "Only people of the sponsoring units can change this proposal. Ask its lead to invite your unit.",
    )
    refuse_if(rules.blockers_to_edit(proposal))
