"""A proposal as plain JSON values: what versions freeze, pages read and differences compare."""

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce

from funds.arithmetic import format_dollars

from ..arithmetic import sum_of
from .ask import Ask, Terms
from .cost import CostLine, SchoolDemand
from .proposal import Proposal, Section, Sponsorship

_LINE_CODES = ("unit", "fund", "function", "object", "benefits_object", "position")
# What a reader wants to know of a row, and what no sign-on depends on.
_NOT_SUBSTANCE = ("name", "id", "unsent")


def substance_rows() -> tuple:
    """Prefetches of everything that the substance is made of, but the working-together plan."""
    return (
        Prefetch("sponsorships", Sponsorship.objects.select_related("unit")),
        Prefetch("cost_lines", CostLine.objects.select_related(*_LINE_CODES)),
        Prefetch("asks", Ask.objects.select_related("asked_unit")),
        "asks__terms",
    )


def content_of(proposal: Proposal) -> dict:
    """Everything a reader needs of the proposal as it stands now, in six queries.

    Reading pages, versions and differences all work on this one form.
    """
    rows = _with_rows(proposal)
    texts, names = _texts_of(proposal)
    return {
        "code": proposal.code,
        "title": proposal.title,
        "sections": {kind: texts[kind] for kind in Section.Kind.values if kind in texts},
        "goals": sorted(names["goal"]),
        "causes": sorted(names["cause"]),
        "principles_served": sorted(int(n) for n in names["served"]),
        "principles_strained": sorted(int(n) for n in names["strained"]),
        "schools": sorted(names["school"]),
        "names": {**names, **_names_in_lines(rows)},
        "reach": proposal.reach,
        "grades": proposal.grades,
        "students_served": proposal.students_served,
        "evidence_tier": proposal.evidence_tier,
        "cycle_years": proposal.cycle_years,
        "contact": str(proposal.contact or ""),
        "research_partner": str(proposal.research_partner or ""),
        **_substance_parts(rows),
        "demands": [
            [school, month.isoformat(), activity, _plain(days), hours]
            for school, month, activity, days, hours in _demands_of(proposal)
        ],
    }  # fmt: skip


def substance_of(content: Mapping[str, Any]) -> str:
    """Fingerprint of what a sign-on agrees to: sponsors and contributions, cost lines, terms of
    asks, working-together plan. Wording elsewhere is not substance."""
    substance = [
        [[s["unit"], s["lead"], s["contribution"]] for s in content["sponsors"] if s["accepted"]],
        content["cost_lines"],
        [{k: v for k, v in ask.items() if k not in _NOT_SUBSTANCE} for ask in content["asks"]],
        content["sections"].get(Section.Kind.WORKING_TOGETHER, ""),
    ]
    return hashlib.sha256(json.dumps(substance, sort_keys=True).encode()).hexdigest()


def substance_part(content: Mapping[str, Any]) -> dict:
    """Only what a sign-on agrees to: enough for `substance_of` and for differences."""
    plan = content["sections"].get(Section.Kind.WORKING_TOGETHER, "")
    parts = {name: content[name] for name in ("sponsors", "cost_lines", "asks")}
    return {**parts, "sections": {Section.Kind.WORKING_TOGETHER.value: plan}}


def substance_now(proposal: Proposal) -> str:
    """The fingerprint as the proposal stands; no query where `with_substance_rows` prefetched."""
    rows = _with_rows(proposal)
    plan = getattr(proposal, "plan", None)
    if plan is None:
        plan = _plans(proposal.pk).values_list("text", flat=True).first() or ""
    return substance_of({**_substance_parts(rows), "sections": {Section.Kind.WORKING_TOGETHER: plan}})


def with_substance_rows(proposals: QuerySet) -> QuerySet:
    """Proposals for `substance_now`, in four more queries for any number of them."""
    plan = Subquery(_plans(OuterRef("pk")).values("text")[:1])
    proposals = proposals.annotate(plan=Coalesce(plan, Value(""), output_field=TextField()))
    return proposals.prefetch_related(*substance_rows())


def _plans(proposal) -> QuerySet:
    return Section.objects.filter(proposal=proposal, kind=Section.Kind.WORKING_TOGETHER).order_by()


def _with_rows(proposal: Proposal) -> Proposal:
    """A copy with its rows read; the proposal itself keeps no rows that could grow old."""
    fresh = copy.copy(proposal)
    fresh._prefetched_objects_cache = dict(getattr(proposal, "_prefetched_objects_cache", {}))
    prefetch_related_objects([fresh], *substance_rows())
    return fresh


def with_content_rows(proposals: QuerySet) -> QuerySet:
    """Many proposals for `content_of`, in a fixed number of queries for any number of them."""
    demands = Prefetch("demands", SchoolDemand.objects.select_related("school"))
    lists = ("sections", "goals", "causes", "principles_served", "principles_strained", "schools")
    return proposals.select_related("contact", "research_partner").prefetch_related(
        *substance_rows(), *lists, demands
    )


def _demands_of(proposal: Proposal) -> Iterable[tuple]:
    if "demands" in getattr(proposal, "_prefetched_objects_cache", ()):
        return [(d.school.code, d.month, d.activity, d.days, d.hours) for d in proposal.demands.all()]
    return proposal.demands.values_list("school__code", "month", "activity", "days", "hours")


def _texts_at_hand(proposal: Proposal) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What `_texts_of` gives, from rows that were prefetched."""
    return {s.kind: s.text for s in proposal.sections.all() if s.text}, {
        "goal": {goal.code: goal.title for goal in proposal.goals.all()},
        "cause": {cause.code: cause.description for cause in proposal.causes.all()},
        "served": {str(p.number): p.text for p in proposal.principles_served.all()},
        "strained": {str(p.number): p.text for p in proposal.principles_strained.all()},
        "school": {school.code: school.name for school in proposal.schools.all()},
    }


def _texts_of(proposal: Proposal) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Sections, and the names of goals, causes, principles and schools by code; one query."""
    if "schools" in getattr(proposal, "_prefetched_objects_cache", ()):
        return _texts_at_hand(proposal)

    def part(kind: str, rows: QuerySet, code: str, text: str) -> QuerySet:
        plain = Cast(code, CharField()), Cast(text, TextField())
        return rows.order_by().values_list(Value(kind, CharField()), *plain)

    union = part("section", proposal.sections.exclude(text=""), "kind", "text").union(
        part("goal", proposal.goals, "code", "title"),
        part("cause", proposal.causes, "code", "description"),
        part("served", proposal.principles_served, "number", "text"),
        part("strained", proposal.principles_strained, "number", "text"),
        part("school", proposal.schools, "code", "name"),
        all=True,
    )
    found: dict = {k: {} for k in ("section", "goal", "cause", "served", "strained", "school")}
    for kind, code, text in union:
        found[kind][code] = text
    return found.pop("section"), found


def _substance_parts(rows: Proposal) -> dict:
    return {
        "sponsors": [
            {
                "unit": s.unit.code,
                "name": s.unit.name,
                "lead": s.is_lead,
                "accepted": s.accepted_at is not None,
                "contribution": s.contribution,
            }
            for s in rows.standing_sponsorships
        ],
        "cost_lines": [_line_content(line) for line in rows.cost_lines.all()],
        "asks": [_ask_content(ask) for ask in rows.asks.all() if ask.withdrawn_at is None],
    }


def _names_in_lines(rows: Proposal) -> dict[str, dict[str, str]]:
    """Names behind the codes of cost lines: text first, codes later."""
    return {kind: dict(_names_of(rows.cost_lines.all(), kind)) for kind in ("unit", "fund", "position")}


def _names_of(lines: Iterable[CostLine], kind: str) -> Iterable[tuple[str, str]]:
    for line in lines:
        if row := getattr(line, kind):
            yield row.code, row.name


def _line_content(line: CostLine) -> dict:
    codes = {name: getattr(line, name).code if getattr(line, name) else "" for name in _LINE_CODES}
    return {
        "number": line.number,
        "description": line.description,
        **codes,
        "fte": _plain(line.fte),
        "recurring": line.is_recurring,
        "cents": line.years,
        "required_anyway": line.required_anyway,
        "note": line.note,
    }


def _ask_content(ask: Ask) -> dict:
    """The terms as sent; an ask that was never sent shows its draft."""
    current = ask.current_terms
    terms: Terms = current or ask
    return {
        "id": ask.pk,
        "code": ask.code,
        "unit": ask.asked_unit.code,
        "name": ask.asked_unit.name,
        "sent": current is not None,
        "unsent": current is None or current.values() != ask.values(),
        **{name: _plain(value) for name, value in terms.values().items()},
    }


def _plain(value):
    """A JSON value that compares equal whenever the stored value does."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


def changed_parts(old: dict, new: dict) -> list[str]:
    """The parts of a proposal that differ between two contents, in words; empty when none does."""
    parts = [] if old["title"] == new["title"] else ["Title"]
    for kind, label in Section.Kind.choices:
        if old["sections"].get(kind, "") != new["sections"].get(kind, ""):
            parts.append(label)
    if old["sponsors"] != new["sponsors"]:
        parts.append("Sponsors or what they bring")
    before, after = sum_of(old).total, sum_of(new).total
    if before != after:
        parts.append(f"Cost: {format_dollars(before)} before, {format_dollars(after)} now")
    elif old["cost_lines"] != new["cost_lines"]:
        parts.append("Cost lines, with the same total")
    if asks := _changed_asks(old, new):
        parts.append(f"Asks: {', '.join(asks)}")
    return parts


def _changed_asks(old: dict, new: dict) -> list[str]:
    """Codes of the asks whose terms differ, or that came or went."""
    before, after = ({a["code"]: {**a, "sent": 0, "unsent": 0} for a in c["asks"]} for c in (old, new))
    return sorted(code for code in {**before, **after} if before.get(code) != after.get(code))
