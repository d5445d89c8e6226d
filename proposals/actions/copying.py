"""A new draft out of an own proposal: carried forward from an earlier season, or copied in this one."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from activity import clock
from activity.actions import record, recorded_together
from activity.keys import next_code
from activity.refused import allow
from funds.arithmetic import years_after
from funds.models import AccountCode, FundSource, PositionPrice
from funds.rates import line_rates_of
from goals.models import Goal, Principle, RootCause, Season
from people.models import Unit, User

from ..arithmetic.lines import within
from ..arithmetic.overlap import goes_on
from ..models import Ask, CostLine, Origin, Proposal, ProposalMilestone, Scale, SchoolDemand, Section
from .attachments import copy_attachments
from .costs import post_amounts
from .drafting import add_to, start_proposal
from .text import Text

# What a cost line keeps; its codes are looked up in the new season.
SAME = ("unit_id", "description", "fte", "is_recurring", *CostLine.YEARS, "required_anyway", "note")
DETAILS = (
    "reach", "grades", "students_served", "evidence_tier", "cycle_years", "meeting", "meeting_minutes",
    "research_partner",
)  # fmt: skip


class Carried(NamedTuple):
    """The new draft, and what of its source the season does not have, in words."""

    draft: Proposal
    left_behind: list[str]


@transaction.atomic
@recorded_together()
def carry_forward(*, source: Proposal, season: Season, unit: Unit, title: str, by: User) -> Carried:
    """A new draft with the texts, the asks unsent, and cost lines at the season's prices. Raises Refused.

    From an earlier season, goals, causes and principles are found by what they say, funds and prices by
    their codes; what the season no longer has is named in the history of the draft, too, so that nothing
    goes silently.
    """
    allow(
        any(by.works_for(s.unit_id) for s in source.standing_sponsorships if s.accepted_at),
        "Only people of the units that sponsored it can use it again.",
    )
    proposal = start_proposal(season=season, unit=unit, title=title, by=by)
    Origin.objects.create(proposal=proposal, source=source)
    details = {name: getattr(source, name) for name in DETAILS}
    Proposal.objects.filter(pk=proposal.pk).update(**details)
    _copy_texts(source, proposal, by)
    left_behind = _copy_lists(source, proposal)
    _copy_demands(source, proposal)
    copy_attachments(source, proposal)
    _copy_plan(source, proposal)
    _copy_asks(source, proposal)
    left_behind += _copy_lines(source, proposal) + _years_beyond(source, season)
    act = "copied" if source.season_id == season.pk else "carried forward"
    sentence = f"{act} {source.code} of {source.season} as {proposal.code}"
    if left_behind:
        sentence += f"; left out, since {season} does not have it: {'; '.join(left_behind)}"
    record("carry forward", proposal, sentence, by=by, source=source.pk)
    return Carried(proposal, left_behind)


def _copy_texts(source: Proposal, proposal: Proposal, by: User) -> None:
    """The documents as they stand, without what was removed before; the copier is their editor."""
    written, copied = Text(source, Section.Kind.values), Text(proposal, ())
    for kind in Section.Kind.values:
        if written.says(kind).strip():
            copied.extend(kind, written.blocks(kind), by)
    copied.write(by)


def _copy_lists(source: Proposal, proposal: Proposal) -> list[str]:
    """Goals, causes and principles of the draft's season that say the same, and schools; what it lacks."""
    season, gone = proposal.season, []
    goals = Goal.objects.published().filter(season=season).values_list("pk", "code", "title")
    causes = RootCause.objects.filter(goal__season=season, status="confirmed")
    numbered = Principle.objects.filter(season=season).annotate(code=Cast("number", CharField()))
    principles = list(numbered.values_list("pk", "code", "text"))
    later = {
        "goals": list(goals),
        "causes": list(causes.values_list("pk", "code", "description")),
        "principles_served": principles,
        "principles_strained": principles,
    }
    found: dict[str, set[int]] = {}
    for name, code, words in _listed(source):
        pk = goes_on(words, code, later[name]) if name in later else int(code)
        if pk is None:
            gone.append(f"{name.partition('_')[0].removesuffix('s')} “{words}”")
        else:
            found.setdefault(name, set()).add(pk)
    for name, keys in found.items():
        add_to(proposal, name, keys)
    return gone


def _listed(source: Proposal) -> QuerySet:
    """(list, code, words) of everything that the source names, schools by their keys; one query."""

    def part(name: str, code: str, words: str) -> QuerySet:
        rows = getattr(source, name).order_by()
        return rows.values_list(Value(name, CharField()), Cast(code, CharField()), Cast(words, TextField()))

    return part("goals", "code", "title").union(
        part("causes", "code", "description"), part("principles_served", "number", "text"),
        part("principles_strained", "number", "text"), part("schools", "pk", "name"), all=True,
    )  # fmt: skip


def _copy_demands(source: Proposal, proposal: Proposal) -> None:
    """Hours of schools in the same months of the draft's fiscal year."""
    years = proposal.season.fiscal_year_starts.year - source.season.fiscal_year_starts.year
    SchoolDemand.objects.bulk_create(
        SchoolDemand(
            proposal=proposal,
            school_id=d.school_id,
            month=_later(d.month, years),
            activity=d.activity,
            days=d.days,
            hours=d.hours,
            note=d.note,
        )
        for d in source.demands.all()
    )


def _copy_plan(source: Proposal, proposal: Proposal) -> None:
    """The other sizes as they were described, and milestones on the same days of the draft's year."""
    years = proposal.season.fiscal_year_starts.year - source.season.fiscal_year_starts.year
    Scale.objects.bulk_create(
        Scale(
            proposal=proposal,
            kind=scale.kind,
            **within({name: getattr(scale, name) for name in Scale.FIELDS}, proposal.season.years_costed),
        )
        for scale in source.scales.all()
    )
    ProposalMilestone.objects.bulk_create(
        ProposalMilestone(
            proposal=proposal, what=row.what, due_on=years_after(row.due_on, years), unit_id=row.unit_id
        )
        for row in source.milestones.all()
    )


def _copy_asks(source: Proposal, proposal: Proposal) -> None:
    """What was asked, as drafts: nothing is sent before a person sends it."""
    codes = list(Ask.objects.filter(proposal__season=proposal.season_id).values_list("code", flat=True))
    years = proposal.season.fiscal_year_starts.year - source.season.fiscal_year_starts.year
    rows = []
    lead = proposal.sponsorships.values_list("unit", flat=True)
    for ask in source.asks.standing().exclude(asked_unit__in=lead):
        codes.append(next_code("A", codes))
        values = ask.values()
        if values["needed_by"]:
            day = _later(values["needed_by"], years)
            values["needed_by"] = day if day >= clock.today() else None
        rows.append(
            Ask(
                proposal=proposal,
                code=codes[-1],
                asked_unit_id=ask.asked_unit_id,
                created_at=clock.now(),
                **values,
            )
        )
    Ask.objects.bulk_create(rows)


def _later(day: date, years: int) -> date:
    """The same day so many years later; the end of February stays in February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _years_beyond(source: Proposal, season: Season) -> list[str]:
    """The years that the source costs and this season does not, from its own first year on."""
    ordinals = ("first", "second", "third")[season.years_costed : source.season.years_costed]
    return [f"amounts of the {ordinal} year" for ordinal in ordinals]


def _copy_lines(source: Proposal, proposal: Proposal) -> list[str]:
    """Cost lines at the prices of the draft's season; returns what had no fund or account there."""
    name = proposal.season.name
    funds = {f.code: f for f in FundSource.objects.filter(season=name)}
    accounts = {(a.kind, a.code): a for a in AccountCode.objects.filter(season=name)}
    positions = {p.code: p for p in PositionPrice.objects.filter(season=name)}
    rates, years = line_rates_of(name), proposal.season.years_costed
    rows: list[CostLine] = []
    left: list[str] = []
    codes = ("fund", "function", "object", "benefits_object", "position")
    for line in source.cost_lines.select_related(*codes):
        values = within({field: getattr(line, field) for field in SAME}, years)
        values["fund"] = funds.get(line.fund.code)
        values["function"] = accounts.get(("function", line.function.code))
        values["object"] = accounts.get(("object", line.object.code))
        if None in (values["fund"], values["function"], values["object"]):
            left.append(f"cost line {line.number}, {line.description}, from {line.fund.code}")
            continue
        if line.benefits_object is not None:
            values["benefits_object"] = accounts.get(("object", line.benefits_object.code))
        values["position"] = positions.get(line.position.code) if line.position else None
        if values["position"] is not None:
            values |= post_amounts(values, rates, years)
        elif line.position is not None:
            gone = f"{line.position.code} is not on the price list of {name}: amounts as of {source.season}."
            values["note"] = "\n".join(filter(None, (line.note, gone)))
        rows.append(CostLine(proposal=proposal, number=len(rows) + 1, **values))
    CostLine.objects.bulk_create(rows)
    return left
