"""What lists show of proposals, as plain values: rows of many proposals make no model objects."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.fields.json import KT

from activity.composed import composed_once
from goals.models import Stage
from people.models import User

from .arithmetic import NEEDED_TEXTS, Reason, missing_in
from .models import (
    Intent,
    Offer,
    Proposal,
    ProposalVersion,
    SchoolDemand,
    Section,
    SectionWriter,
    Sponsorship,
)  # fmt: skip
from .rules import READ_BY_ALL, can_answer_invitation, title_read
from .workflow import CIRCULATED, EDITABLE, ON_THE_TABLE, Status

PLAN = Section.Kind.WORKING_TOGETHER.value
WRITTEN = ("proposal_edit", "proposal_details", "proposal_costs")  # places where something is written


class UnitName(NamedTuple):
    code: str
    name: str


class Sponsor(NamedTuple):
    """What the ribbon shows of a standing sponsor."""

    unit: UnitName
    is_lead: bool
    accepted_at: datetime | None


def sponsors_of(proposal_ids: Iterable[int]) -> dict[int, list[Sponsor]]:
    """Standing sponsors by proposal, lead first; one query."""
    found: dict[int, list[Sponsor]] = {}
    rows = _standing().filter(proposal__pk__in=list(proposal_ids))
    for proposal_id, code, name, is_lead, accepted_at in rows:
        sponsor = Sponsor(UnitName(code, name), is_lead, accepted_at)
        found.setdefault(proposal_id, []).append(sponsor)
    return found


def goals_of(proposal_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """(code, title) of the goals by proposal; one query."""
    found: dict[int, list[tuple[str, str]]] = {}
    for proposal_id, code, title in _served().filter(proposal__pk__in=list(proposal_ids)):
        found.setdefault(proposal_id, []).append((code, title))
    return found


def with_parts(proposals: QuerySet) -> QuerySet:
    """Annotate which parts are written, for `missing_parts`."""
    written = Section.objects.filter(proposal=OuterRef("pk"), text__regex=r"\S").order_by()
    parts = {f"has_{kind}": Exists(written.filter(kind=kind)) for kind in (*NEEDED_TEXTS, PLAN)}
    goals = Proposal.goals.through.objects.filter(proposal=OuterRef("pk"))
    return proposals.annotate(has_goals=Exists(goals), **parts)


def missing_parts(proposal: Proposal) -> tuple[str, bool]:
    """What is still to be written, in words, and whether other units or asks are waited for besides.

    The same as `missing_in`, without reading the texts: of a row `with_parts`, and with its substance.
    """
    asks = [ask for ask in proposal.asks.all() if ask.withdrawn_at is None]
    rows = proposal.standing_sponsorships
    lacks = missing_in({
        "title": proposal.title,
        "goals": proposal.has_goals,
        "sections": {kind: "written" for kind in (*NEEDED_TEXTS, PLAN) if getattr(proposal, f"has_{kind}")},
        "sponsors": [{"name": s.unit.name, "accepted": s.accepted_at is not None} for s in rows],
        "cost_lines": proposal.cost_lines.all(),
        "asks": [{"code": ask.code, "unsent": ask.is_unsent} for ask in asks],
    })  # fmt: skip
    n = sum(reason.place in WRITTEN for reason in lacks)
    words = f"{n} part{' is' if n == 1 else 's are'} missing" if n else ""
    return words, len(lacks) > n


def in_time(today: date) -> QuerySet[Proposal]:
    """Those that may still be changed this season: `rules.blockers_by_stage`, for a query."""
    rows = Q(late_until__gte=today, status__in=EDITABLE)
    for status, kind in ((Status.DRAFT, Stage.Kind.DRAFTING), (Status.IN_REVISION, Stage.Kind.REVISION)):
        stages = Stage.objects.filter(season=OuterRef("season"), kind=kind)
        ahead = Q(Exists(stages.filter(closes__gte=today))) | ~Q(Exists(stages))
        rows |= ahead & Q(status=status)
    return Proposal.objects.filter(rows)


def invited_unit(user: User, proposal: Proposal) -> str:
    """The invited unit for which this person answers; '' if there is none."""
    rows = [s for s in proposal.standing_sponsorships if can_answer_invitation(user, s)]
    return str(rows[0].unit) if rows else ""


def told_to(user: User, proposal: Proposal, reasons: list[Reason]) -> list[Reason]:
    """Who answers the invitation is told so, instead of to wait for the own answer."""
    unit = invited_unit(user, proposal)
    mine = Reason(f"Accept or decline the invitation of {unit}.", "proposal_sponsors")
    return [mine if unit and reason.place == mine.place else reason for reason in reasons]


class Writer(NamedTuple):
    """Who wrote in a section, as the lists of authors name them."""

    name: str
    unit: str

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


def writers_of(proposal: Proposal) -> dict[str, list[Writer]]:
    """Who wrote in each section, by its rows and by what is noted of rows that were merged; one query."""
    merged = SectionWriter.objects.filter(section__proposal=proposal).order_by()
    rows = proposal.updates.filter(written_by__isnull=False).order_by()
    found: dict[str, list[Writer]] = {}
    named = rows.values_list("kind", "written_by__name", "written_by__unit__code").union(
        merged.values_list("section__kind", "person__name", "person__unit__code")
    )
    for kind, name, unit in sorted(named, key=lambda row: row[1]):
        found.setdefault(kind, []).append(Writer(name, unit or ""))
    return found


# What lists ask is put together once, and narrowed to the rows of each page.


@composed_once
def _standing() -> QuerySet:
    columns = ("proposal_id", "unit__code", "unit__name", "is_lead", "accepted_at")
    return Sponsorship.objects.standing().order_by("-is_lead", "pk").values_list(*columns)


@composed_once
def _served() -> QuerySet:
    links = Proposal.goals.through.objects.order_by("goal__code")
    return links.values_list("proposal_id", "goal__code", "goal__title")


class Around(NamedTuple):
    """What stands around an intent: (key, code, name) of goals and units, (key, code, title) of proposals."""

    goals: list[tuple[int, str, str]]
    wanted: list[tuple[int, str, str]]
    joined: list[tuple[int, str, str]]
    started: list[tuple[int, str, str]]


def around_intents(user: User, keys: Iterable[int]) -> dict[int, Around]:
    """Goals, units looked for, units that offered to join, and what was started from it; one query."""
    keys = list(keys)
    found = {key: Around([], [], [], []) for key in keys}

    started = _started(frozenset(user.unit_ids)).visible_to(user)
    parts = (_part("goals"), _part("wanted"), _part("joined"), started)
    first, *others = (part.filter(intent__pk__in=keys) for part in parts)
    for kind, intent, pk, code, name in first.union(*others, all=True):
        getattr(found[intent], kind).append((pk, code, name))
    return found


@composed_once
def _part(kind: str) -> QuerySet:
    """One of what `Around` holds, as (its name, key of the intent, key, code, name)."""
    rows, *columns = {
        "goals": (Intent.goals.through.objects, "goal_id", "goal__code", "goal__title"),
        "wanted": (Intent.wanted.through.objects, "unit_id", "unit__code", "unit__name"),
        "joined": (Offer.objects.filter(ended_at=None), "unit_id", "unit__code", "unit__name"),
    }[kind]
    return rows.order_by().values_list(Value(kind, CharField()), "intent_id", *columns)


@composed_once
def _started(units: frozenset[int]) -> QuerySet:
    """The same of proposals, with the title that people of these units read."""
    rows = Proposal.objects.order_by()
    return rows.values_list(Value("started", CharField()), "intent_id", "pk", "code", title_read(units=units))


class Load(NamedTuple):
    """Hours of one school in one month: asked here, by all circulated proposals, and what it can give."""

    hours: int
    load: int
    limit: int | None

    @property
    def over(self) -> int:
        """Hours that are asked beyond the limit; none where no limit is stated."""
        return 0 if self.limit is None else max(0, self.load - self.limit)


def notes_on_hours(proposal: Proposal) -> list[tuple[str, str, str, str]]:
    """What was noted on the hours: (code of the school, month, activity, note); one query."""
    noted = proposal.demands.exclude(note="").order_by("activity", "note")
    rows = noted.values_list("school__code", "month", "activity", "note")
    return [(school, f"{month}", activity, note) for school, month, activity, note in rows]


def hours_of_others(proposal: Proposal) -> dict[tuple[str, str], int]:
    """Hours that the season's other circulated proposals ask, by school and month."""
    return hours_asked(proposal.season_id, leaving_out=proposal.pk)


def hours_asked(season_id: int, *, leaving_out: int = 0) -> dict[tuple[str, str], int]:
    """Hours that the circulated proposals of a season ask, by school code and month; two queries.

    Those that were decided against ask for nothing any more; one in revision asks for what was
    circulated last, whatever its sponsors have changed since.
    """
    asking = (Status.SUBMITTED, *ON_THE_TABLE, Status.FUNDED)
    rows = SchoolDemand.objects.filter(proposal__season=season_id, proposal__status__in=asking)
    rows = rows.exclude(proposal=leaving_out).order_by().values_list("school__code", "month")
    found = Counter(
        {(code, f"{month}"): hours for code, month, hours in rows.annotate(all_hours=Sum("hours"))}
    )
    for _proposal, demands in _circulated_before(season_id, "demands", leaving_out=leaving_out):
        for school, month, _activity, _days, hours in demands:
            found[school, month] += hours
    return dict(found)


def sponsors_circulated(season_id: int) -> dict[int, set[str]]:
    """Codes of the units that sponsor each circulated proposal of a season; two queries.

    One in revision counts as it was circulated last.
    """
    found: dict[int, set[str]] = {}
    rows = Sponsorship.objects.standing().exclude(accepted_at=None)
    rows = rows.filter(proposal__season=season_id, proposal__status__in=CIRCULATED).order_by()
    for proposal_id, code in rows.values_list("proposal_id", "unit__code"):
        found.setdefault(proposal_id, set()).add(code)
    for proposal_id, sponsors in _circulated_before(season_id, "sponsors"):
        found[proposal_id] = {s["unit"] for s in sponsors if s["accepted"]}
    return found


def _circulated_before(season_id: int, part: str, *, leaving_out: int = 0) -> Iterable[tuple[int, list]]:
    """A part of what was circulated last of each proposal in revision; one query."""
    revised = ProposalVersion.objects.filter(
        proposal__season=season_id, proposal__status=Status.IN_REVISION, kind__in=READ_BY_ALL
    )
    newest = revised.exclude(proposal=leaving_out).order_by("number")
    for proposal_id, text in dict(newest.values_list("proposal_id", KT(f"content__{part}"))).items():
        yield proposal_id, json.loads(text or "[]")
