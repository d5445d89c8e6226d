"""Beginning a proposal and writing it: title, goals, details, sections."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from goals.models import Problem, Season
from people.models import Unit, User

from .. import rules
from ..models import Intent, Proposal, Section, Sponsorship
from .baton import locked_with_sponsors
from .meanwhile import digest_of, to_write

COLUMNS = {
    "title": "title",
    "reach": "reach",
    "grades": "grades",
    "students_served": "students served",
    "evidence_tier": "evidence",
    "cycle_years": "cycle",
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


def next_code(prefix: str, codes: Iterable[str]) -> str:
    """P-07 after P-06; the season's row must be locked."""
    numbers = [int(m[1]) for code in codes if (m := re.fullmatch(rf"{prefix}-(\d+)", code))]
    return f"{prefix}-{max(numbers, default=0) + 1:02d}"


@transaction.atomic
def post_intent(
    *,
    season: Season,
    unit: Unit,
    title: str,
    idea: str,
    by: User,
    problem: Problem | None = None,
    looking_for: str = "",
) -> Intent:
    """Post an early idea that looks for partners. Raises Refused."""
    allow(
        rules.can_start_proposal(by, unit.pk),
        "You can post an intent for your own units only. Choose one of them.",
    )
    intent = Intent.objects.create(
        season=season, unit=unit, title=title, idea=idea, problem=problem, looking_for=looking_for,
        posted_at=clock.now(), posted_by=by,
    )  # fmt: skip
    record("post intent", intent, f"posted the intent “{title}” for {unit}", by=by)
    return intent


@transaction.atomic
def start_proposal(
    *, season: Season, unit: Unit, title: str, by: User, intent: Intent | None = None
) -> Proposal:
    """Start a draft that `unit` leads, fresh or from an intent. Raises Refused."""
    season = Season.objects.select_for_update().get(pk=season.pk)  # one number for each
    allow(
        rules.can_start_proposal(by, unit.pk),
        "You can start a proposal for a unit where you are head, deputy, contributor or principal.",
    )
    now = clock.now()
    proposal = Proposal.objects.create(
        season=season, title=title, intent=intent, created_at=now, created_by=by, contact=by,
        code=next_code("P", season.proposals.values_list("code", flat=True)),
    )  # fmt: skip
    Sponsorship.objects.create(
        proposal=proposal, unit=unit, is_lead=True, invited_at=now, invited_by=by,
        accepted_at=now, accepted_by=by,
    )  # fmt: skip
    if intent is not None and intent.idea:
        Section.objects.create(
            proposal=proposal, kind=Section.Kind.SUMMARY, text=intent.idea, edited_at=now, edited_by=by
        )
    record("start", proposal, f"started {proposal.code} for {unit}", by=by)
    return proposal


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
    changed = to_write(began=began or {}, stands=stands, mine=values, labels=labels)
    if not changed:
        return proposal
    if "title" in changed and not str(changed["title"]).strip():
        raise Refused("A proposal needs a title.")
    touch(proposal, by, **{name: changed[name] for name in COLUMNS if name in changed})
    for name in LISTS:
        if name in changed:
            getattr(proposal, name).set(changed[name])
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
    proposal = _to_edit(proposal, by)
    sections = {section.kind: section for section in proposal.sections.filter(kind__in=texts)}
    stands = {kind: sections[kind].text if kind in sections else "" for kind in texts}
    labels = dict(Section.Kind.choices)
    changed = to_write(began=began or {}, stands=stands, mine=texts, labels=labels, mark=digest_of)
    for kind, text in changed.items():
        section = sections.get(kind) or Section(proposal=proposal, kind=kind, revision=0)
        section.text, section.edited_at, section.edited_by = text.strip(), clock.now(), by
        section.revision += 1
        section.save()
        sections[kind] = section
    if changed:
        touch(proposal, by)
        names = ", ".join(f"“{labels[kind]}”" for kind in changed)
        record("edit sections", proposal, f"wrote {names}", by=by)
    return [sections[kind] for kind in changed]


def edit_section(
    *, proposal: Proposal, kind: str, text: str, by: User, began: str | None = None
) -> list[Section]:
    """Save one section; see `edit_sections`."""
    opened = {} if began is None else {kind: began}
    return edit_sections(proposal=proposal, texts={kind: text}, by=by, began=opened)


def touch(proposal: Proposal, by: User, **columns: Any) -> None:
    """Note who saved last, together with `columns`, under the lock of the proposal."""
    Proposal.objects.filter(pk=proposal.pk).update(
        edited_at=clock.now(), edited_by=by, revision=F("revision") + 1, **columns
    )
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
