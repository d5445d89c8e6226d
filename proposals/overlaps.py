"""Who else works on the same: hints with their reasons, for one intent or one proposal.

A hint reads intents, proposals as they were circulated, and drafts that the person may read anyway. Of a
draft of others only this is said, to the heads and deputies of both leads alone: that a draft of that unit
serves the same goal by the same cause. It goes by structure, never by wording, so that nobody finds out
what stands in a draft by writing sentences and watching the hints (ADR 0011).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Left

from people.models import User

from .arithmetic import listed
from .arithmetic.overlap import (
    INTENT,
    PROPOSAL,
    Key,
    Overlap,
    Work,
    grades_in,
    grades_named,
    overlaps,
    spans_of,
)  # fmt: skip
from .models import Ask, AskTerms, Intent, Proposal, ProposalVersion, SchoolDemand, Section, Sponsorship
from .reading import sponsors_of
from .rules import READ_BY_ALL, can_lead
from .workflow import ENDED, Status

MOST = 6  # hints of one page
TEXT = 200  # letters of a text that are compared


class Hint(NamedTuple):
    """Another work that overlaps, and why. `status` is empty for an intent."""

    kind: str
    pk: int
    code: str
    title: str
    status: str
    unit_id: int
    units: tuple[str, ...]
    reasons: tuple[str, ...]


class HiddenHint(NamedTuple):
    """A draft of others: its lead, and the goals that both serve. Nothing else of it is told."""

    pk: int
    unit_id: int
    unit: str
    goals: tuple[str, ...]


class Row(NamedTuple):
    """A work as lists name it, and its text in lower case."""

    code: str
    title: str
    status: str
    text: str
    unit_id: int = 0
    unit: str = ""
    grades: str = ""


@dataclass
class Shared:
    """Who shares a goal, a cause, a school month or an asked unit with the work at hand, itself included."""

    goals: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    problems: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    causes: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    demands: dict[Key, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))
    asks: dict[Key, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    names: dict[Key, str] = field(default_factory=dict)
    by_code: dict[tuple[str, str], int] = field(default_factory=dict)
    problem_of: dict[int, int] = field(default_factory=dict)

    def take_goals(self, season_id: int, wanted: Q) -> None:
        """Proposals that serve the goals of the work at hand, or goals of its problem."""
        links = Proposal.goals.through.objects.filter(wanted, proposal__season=season_id)
        columns = ("proposal_id", "goal_id", "goal__code", "goal__title", "goal__problem_id")
        for pk, goal, code, title, problem in links.values_list(*columns):
            self.goals[PROPOSAL, pk].add(goal)
            self.problems[PROPOSAL, pk].add(problem)
            self.names["goal", goal] = f"{code} {title}"
            self.by_code["goal", code] = goal
            self.problem_of[goal] = problem

    def take_causes(self, proposal: Proposal) -> None:
        through = Proposal.causes.through.objects
        own = through.filter(proposal=proposal).values("rootcause")
        links = through.filter(rootcause__in=own, proposal__season=proposal.season_id)
        columns = ("proposal_id", "rootcause_id", "rootcause__code", "rootcause__description")
        for pk, cause, code, text in links.values_list(*columns):
            self.causes[PROPOSAL, pk].add(cause)
            self.names["cause", cause] = f"{code} {text}"
            self.by_code["cause", code] = cause

    def take_demands(self, proposal: Proposal) -> None:
        own = proposal.demands.filter(school=OuterRef("school"), month=OuterRef("month")).order_by()
        rows = SchoolDemand.objects.filter(Exists(own), proposal__season=proposal.season_id)
        for pk, school, month in rows.order_by().values_list("proposal_id", "school_id", "month").distinct():
            self.demands[PROPOSAL, pk].add((school, month.isoformat()))

    def take_asks(self, proposal: Proposal) -> None:
        """What was sent last, by anybody who asks the same units; drafts of asks of the own proposal."""
        sent = AskTerms.objects.filter(ask=OuterRef("pk")).order_by("-number").values("what")[:1]
        own = proposal.asks.standing().order_by().values("asked_unit")
        rows = Ask.objects.standing().filter(asked_unit__in=own, proposal__season=proposal.season_id)
        columns = ("proposal_id", "asked_unit_id", "asked_unit__name", "what", "sent")
        for pk, unit, name, draft, what in rows.annotate(sent=Subquery(sent)).values_list(*columns):
            wanted = draft if pk == proposal.pk else what
            if wanted:
                self.asks[PROPOSAL, pk].append((unit, wanted.lower()))
                self.names["unit", unit] = name

    def as_frozen(self, pk: int, goals: str, causes: str) -> None:
        """While others revise, only what they circulated counts; hours are not compared then."""
        key = PROPOSAL, pk
        self.goals[key] = {self.by_code.get(("goal", code), 0) for code in json.loads(goals)} - {0}
        self.causes[key] = {self.by_code.get(("cause", code), 0) for code in json.loads(causes)} - {0}
        self.problems[key] = {self.problem_of[goal] for goal in self.goals[key] if goal in self.problem_of}
        self.demands.pop(key, None)


def hints_for_proposal(user: User, proposal: Proposal, known: Collection[int] = ()) -> list[Hint]:
    """What overlaps with the proposal as it stands, without `known` relations and its own intent."""
    shared = Shared()
    own = Proposal.goals.through.objects.filter(proposal=proposal).values("goal")
    shared.take_goals(proposal.season_id, Q(goal__in=own))
    shared.take_causes(proposal)
    shared.take_demands(proposal)
    shared.take_asks(proposal)
    rows = _proposals(user, proposal.season_id, shared)
    rows |= _intents(proposal.season_id, shared.goals[PROPOSAL, proposal.pk], shared)
    left_out = {(PROPOSAL, pk) for pk in known} | {(INTENT, proposal.intent_id)}
    return _hints((PROPOSAL, proposal.pk), rows, left_out, shared)


def hints_for_intent(user: User, intent: Intent) -> list[Hint]:
    """What overlaps with the intent, without the proposals that were started from it."""
    shared = Shared()
    own = Intent.goals.through.objects.filter(intent=intent).values("goal")
    shared.take_goals(intent.season_id, Q(goal__in=own) | Q(goal__problem=intent.problem_id))
    rows = _intents(intent.season_id, own, shared)
    rows |= _proposals(user, intent.season_id, shared)
    return _hints((INTENT, intent.pk), rows, {(PROPOSAL, p.pk) for p in intent.proposals.all()}, shared)


def hidden_hints(user: User, proposal: Proposal) -> list[HiddenHint]:
    """Drafts of others that serve the same goal by the same cause; for the lead's head and deputy alone."""
    if proposal.status != Status.DRAFT or not can_lead(user, proposal):
        return []
    goal, cause = Proposal.goals.through.objects, Proposal.causes.through.objects
    own_goals = goal.filter(proposal=proposal).values("goal")
    own_causes = cause.filter(proposal=proposal).values("rootcause")
    goals = goal.filter(proposal=OuterRef("pk"), goal__in=own_goals)
    causes = cause.filter(proposal=OuterRef("pk"), rootcause__in=own_causes)
    mine = Sponsorship.objects.standing().filter(proposal=OuterRef("pk"), unit_id__in=user.unit_ids)
    leads = Sponsorship.objects.standing().filter(is_lead=True)
    drafts = Proposal.objects.filter(
        ~Exists(mine), Exists(goals), Exists(causes), season=proposal.season_id, status=Status.DRAFT
    )
    columns = ("proposal_id", "unit_id", "unit__name", "proposal__goals__code", "proposal__goals__title")
    rows = leads.filter(proposal__in=drafts, proposal__goals__in=own_goals).order_by("pk", columns[3])
    found: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for pk, unit_id, unit, code, title in rows.values_list(*columns):
        found[pk, unit_id, unit].append(f"{code} {title}")
    return [HiddenHint(*key, tuple(goals)) for key, goals in found.items()][:MOST]


def _proposals(user: User, season_id: int, shared: Shared) -> dict[Key, Row]:
    """Proposals of the season that this person may read, those in revision as they were circulated."""
    text = Section.objects.filter(proposal=OuterRef("pk"), kind=Section.Kind.SUMMARY).values("text")[:1]
    mine = Sponsorship.objects.standing().filter(proposal=OuterRef("pk"), unit_id__in=user.unit_ids)
    visible = Proposal.objects.visible_to(user).filter(season=season_id).exclude(status__in=ENDED)
    visible = visible.order_by().annotate(summary=Left(Subquery(text), TEXT), is_mine=Exists(mine))
    columns = ("pk", "code", "title", "status", "summary", "grades", "is_mine")
    frozen = _frozen(season_id)
    rows = {}
    for pk, code, title, status, summary, grades, is_mine in visible.values_list(*columns):
        if status == Status.IN_REVISION and not is_mine and pk in frozen:
            title, summary, grades, goals, causes = frozen[pk]
            shared.as_frozen(pk, goals, causes)
        rows[PROPOSAL, pk] = Row(code, title, status, (summary or "").lower(), grades=grades or "")
    return rows


def _frozen(season_id: int) -> dict[int, tuple[str, str, str, str, str]]:
    """Title, summary, grades, codes of goals and causes of the newest circulated version, in revision."""
    versions = ProposalVersion.objects.filter(
        proposal__season=season_id, proposal__status=Status.IN_REVISION, kind__in=READ_BY_ALL
    ).order_by("number")
    parts = [KT(f"content__{name}") for name in ("title", "sections__summary", "grades", "goals", "causes")]
    return {pk: tuple(rest) for pk, *rest in versions.values_list("proposal_id", *parts)}


def _intents(season_id: int, goals: Iterable | QuerySet, shared: Shared) -> dict[Key, Row]:
    """Standing intents, with those of the goals at hand that they name."""
    standing = Intent.objects.standing().filter(season=season_id)
    through = Intent.goals.through.objects.filter(intent__in=standing, goal__in=goals)
    for pk, goal, code, title in through.values_list("intent_id", "goal_id", "goal__code", "goal__title"):
        shared.goals[INTENT, pk].add(goal)
        shared.names["goal", goal] = f"{code} {title}"
        shared.by_code["goal", code] = goal
    rows = {}
    columns = ("pk", "title", "idea", "unit_id", "unit__name", "problem_id", "problem__title")
    for pk, title, idea, unit_id, unit, problem, name in standing.order_by().values_list(*columns):
        rows[INTENT, pk] = Row("", title, "", idea[:TEXT].lower(), unit_id, unit)
        if problem:
            shared.problems[INTENT, pk].add(problem)
            shared.names["problem", problem] = name
    return rows


def _hints(mine: Key, rows: dict[Key, Row], left_out: Collection[Key], shared: Shared) -> list[Hint]:
    if mine not in rows:  # closed, or ended
        return []
    others = [_work(key, row, shared) for key, row in rows.items() if key != mine and key not in left_out]
    found = overlaps(_work(mine, rows[mine], shared), others)[:MOST]
    sponsors = sponsors_of(overlap.key[1] for overlap in found if overlap.key[0] == PROPOSAL)
    return [_hint(overlap, rows[overlap.key], sponsors, shared) for overlap in found]


def _work(key: Key, row: Row, shared: Shared) -> Work:
    return Work(
        key=key,
        title=row.title.lower(),
        text=row.text,
        problems=frozenset(shared.problems[key]),
        goals=frozenset(shared.goals[key]),
        causes=frozenset(shared.causes[key]),
        demands=frozenset(shared.demands[key]),
        asks=tuple(shared.asks[key]),
        grades=grades_in(row.grades),
        is_early=key[0] == INTENT,
    )


def _hint(overlap: Overlap, row: Row, sponsors: dict, shared: Shared) -> Hint:
    kind, pk = overlap.key
    units = tuple(s.unit.name for s in sponsors.get(pk, ())) if kind == PROPOSAL else (row.unit,)
    reasons = tuple(_reasons(overlap, shared.names))
    return Hint(kind, pk, row.code, row.title, row.status, row.unit_id, units, reasons)


def _reasons(overlap: Overlap, names: dict[tuple[str, int], str]) -> Iterable[str]:
    def named(kind: str, keys: Iterable[int]) -> str:
        return listed(sorted(names[kind, key] for key in keys))

    if overlap.causes:
        same = [named("goal", overlap.goals), named("cause", overlap.causes), *_grades_of(overlap)]
        yield f"Same goal and same cause: {'; '.join(same)}."
    elif overlap.goals:
        yield f"Same goal: {named('goal', overlap.goals)}."
    elif overlap.problems:
        yield f"Same problem: {named('problem', overlap.problems)}."
    if overlap.demands:
        schools = len({school for school, _ in overlap.demands})
        months = spans_of(date.fromisoformat(month) for _, month in overlap.demands)
        what = "the same school" if schools == 1 else f"the same {schools} schools"
        yield f"Hours of {what} in {listed(months)}."
    if overlap.asked_units:
        yield f"Much the same is asked of {named('unit', overlap.asked_units)}."
    if overlap.likeness:
        yield "Similar wording."


def _grades_of(overlap: Overlap) -> list[str]:
    return [f"both for grades {listed(grades_named(overlap.grades))}"] if overlap.grades else []
