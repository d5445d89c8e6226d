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
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.template.defaultfilters import linebreaks
from django.utils.safestring import SafeString, mark_safe

from .ask import Ask
from .attachment import FILE_AS_JSON, files_content
from .cost import CostLine, SchoolDemand
from .plan import AS_JSON, plan_content
from .proposal import Proposal, Section, Sponsorship

_LINE_CODES = ("unit", "fund", "function", "object", "benefits_object", "position")
# What a reader wants to know of a row, and what no sign-on depends on.
_NOT_SUBSTANCE = ("name", "id", "unsent")
# How the sponsors work together: the plan, and the roles in it.
_PLAN = (Section.Kind.WORKING_TOGETHER.value, Section.Kind.WHO_DOES_WHAT.value)


def substance_rows() -> tuple:
    """Prefetches of everything that the substance is made of, but the working-together plan."""
    return (
        Prefetch("sponsorships", Sponsorship.objects.select_related("unit")),
        Prefetch("cost_lines", CostLine.objects.select_related(*_LINE_CODES)),
        Prefetch("asks", Ask.objects.select_related("asked_unit").with_sent()),
    )


def content_of(proposal: Proposal) -> dict:
    """Everything a reader needs of the proposal as it stands now, in four queries.

    Reading pages, versions and differences all work on this one form.
    """
    rows = _with_rows(proposal)
    texts, names, demands = _texts_of(proposal)
    html = names.pop("html")
    plan = plan_content({kind: names.pop(kind, {}) for kind in AS_JSON})
    files = files_content(names.pop("file", {}))
    shaped_by = _shaped_by(names.pop("shaped", {}), rows)
    return {
        "code": proposal.code,
        "title": proposal.title,
        "sections": {kind: texts[kind] for kind in Section.Kind.values if kind in texts},
        "html": {kind: html[kind] for kind in Section.Kind.values if kind in html},
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
        "shaped_by": shaped_by,
        "contact": str(proposal.contact or ""),
        "research_partner": str(proposal.research_partner or ""),
        **_substance_parts(rows),
        "demands": demands,
        **plan,
        "attachments": files,
    }  # fmt: skip


def said(content: Mapping[str, Any], kind: str) -> SafeString:
    """A section as its readers see it: the HTML of its document, or the paragraphs of plain text."""
    html = content.get("html", {}).get(kind)  # sanitised where it was derived, in `document.reading`
    if html:
        return mark_safe(html)  # noqa: S308
    paragraphs = linebreaks(content["sections"].get(kind, ""), autoescape=True)  # escapes
    return mark_safe(paragraphs)  # noqa: S308


def substance_of(content: Mapping[str, Any]) -> str:
    """Fingerprint of what a sign-on agrees to: sponsors and contributions, cost lines, terms of
    asks, working-together plan with its roles. Wording elsewhere is not substance.

    Roles that nobody wrote leave no trace, so that what was signed without them keeps its fingerprint."""
    plan, *roles = (content["sections"].get(kind, "") for kind in _PLAN)
    substance = [
        [[s["unit"], s["lead"], s["contribution"]] for s in content["sponsors"] if s["accepted"]],
        content["cost_lines"],
        [{k: v for k, v in ask.items() if k not in _NOT_SUBSTANCE} for ask in content["asks"]],
        plan,
        *filter(None, roles),
    ]
    return hashlib.sha256(json.dumps(substance, sort_keys=True).encode()).hexdigest()


def substance_part(content: Mapping[str, Any]) -> dict:
    """Only what a sign-on agrees to: enough for `substance_of` and for differences."""
    parts = {name: content[name] for name in ("sponsors", "cost_lines", "asks")}
    return {**parts, "sections": {kind: content["sections"].get(kind, "") for kind in _PLAN}}


def substance_now(proposal: Proposal) -> str:
    """The fingerprint as the proposal stands; no query where `with_substance_rows` prefetched."""
    rows = _with_rows(proposal)
    if hasattr(proposal, f"said_{_PLAN[0]}"):
        sections = {kind: getattr(proposal, f"said_{kind}") for kind in _PLAN}
    else:
        sections = dict(proposal.sections.filter(kind__in=_PLAN).order_by().values_list("kind", "text"))
    return substance_of({**_substance_parts(rows), "sections": sections})


def with_substance_rows(proposals: QuerySet) -> QuerySet:
    """Proposals for `substance_now`, in three more queries for any number of them."""
    texts = Section.objects.filter(proposal=OuterRef("pk")).order_by().values("text")
    plan = {f"said_{kind}": Subquery(texts.filter(kind=kind)[:1]) for kind in _PLAN}
    empty = Value("", output_field=TextField())
    proposals = proposals.annotate(**{name: Coalesce(text, empty) for name, text in plan.items()})
    return proposals.prefetch_related(*substance_rows())


def _with_rows(proposal: Proposal) -> Proposal:
    """A copy with its rows read; the proposal itself keeps no rows that could grow old."""
    fresh = copy.copy(proposal)
    fresh._prefetched_objects_cache = dict(getattr(proposal, "_prefetched_objects_cache", {}))
    prefetch_related_objects([fresh], *substance_rows())
    return fresh


def with_content_rows(proposals: QuerySet) -> QuerySet:
    """Many proposals for `content_of`, in a fixed number of queries for any number of them."""
    demands = Prefetch("demands", SchoolDemand.objects.select_related("school"))
    sections = Prefetch("sections", Section.objects.defer("state"))
    lists = (sections, "goals", "causes", "principles_served", "principles_strained", "schools")
    proposals = proposals.select_related("contact", "research_partner")
    return proposals.prefetch_related(*substance_rows(), *lists, demands)


# Sections by kind; names by code, by kind (and the HTML of sections); demands as [school, month,
# activity, days, hours].
Texts = tuple[dict[str, str], dict[str, dict[str, str]], list[list]]


def _texts_at_hand(proposal: Proposal) -> Texts:
    """What `_texts_of` gives, from rows that were prefetched."""
    texts = {s.kind: s.text for s in proposal.sections.all() if s.text}
    names = {
        "html": {s.kind: s.html for s in proposal.sections.all() if s.html},
        "goal": {goal.code: goal.title for goal in proposal.goals.all()},
        "cause": {cause.code: cause.description for cause in proposal.causes.all()},
        "served": {str(p.number): p.text for p in proposal.principles_served.all()},
        "strained": {str(p.number): p.text for p in proposal.principles_strained.all()},
        "school": {school.code: school.name for school in proposal.schools.all()},
    }
    rows = proposal.demands.all()
    return texts, names, [[d.school.code, _plain(d.month), d.activity, _plain(d.days), d.hours] for d in rows]


def _texts_of(proposal: Proposal) -> Texts:
    """Sections, names of goals, causes, principles and schools by code, and demands; one query."""
    if "schools" in getattr(proposal, "_prefetched_objects_cache", ()):
        return _texts_at_hand(proposal)

    def part(kind: str, rows: QuerySet, code: str, text: str) -> QuerySet:
        plain = Cast(code, CharField()), Cast(text, TextField())
        return rows.order_by().values_list(Value(kind, CharField()), *plain)

    demand = JSONObject(month="month", activity="activity", days="days", hours="hours")
    sections = Section.objects.filter(proposal=proposal)
    union = part("section", sections.exclude(text=""), "kind", "text").union(
        part("html", sections.exclude(html=""), "kind", "html"),
        part("goal", proposal.goals, "code", "title"),
        part("cause", proposal.causes, "code", "description"),
        part("served", proposal.principles_served, "number", "text"),
        part("strained", proposal.principles_strained, "number", "text"),
        part("school", proposal.schools, "code", "name"),
        part("shaped", proposal.comments.taken_over(), "unit__code", "unit__name"),
        part("demand", proposal.demands, "school__code", demand),
        part("scale", proposal.scales, "kind", AS_JSON["scale"]),
        part("milestone", proposal.milestones, "pk", AS_JSON["milestone"]),
        part("file", proposal.attachments.standing(), "pk", FILE_AS_JSON),
        all=True,
    )
    kinds = ("section", "html", "goal", "cause", "served", "strained", "school", "shaped", "file", *AS_JSON)
    found: dict = {kind: {} for kind in kinds}
    demands = []
    for kind, code, text in union:
        if kind == "demand":
            row = json.loads(text, parse_float=Decimal)
            days = _plain(Decimal(row["days"]))
            demands.append([code, row["month"], row["activity"], days, row["hours"]])
        else:
            found[kind][code] = text
    return found.pop("section"), found, sorted(demands, key=lambda d: (d[1], d[0], d[2]))


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


def _shaped_by(units: Mapping[str, str], rows: Proposal) -> list[str]:
    """Units whose wording was taken over, by code; the sponsors' own is theirs anyway."""
    sponsors = {s.unit.code for s in rows.standing_sponsorships}
    return [name for code, name in sorted(units.items()) if name and code not in sponsors]


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
    draft, sent = (
        {name: _plain(values[name]) for name in values} for values in (ask.values(), ask.sent_now())
    )
    return {
        "id": ask.pk,
        "code": ask.code,
        "unit": ask.asked_unit.code,
        "name": ask.asked_unit.name,
        "sent": bool(sent),
        "unsent": sent != draft,
        **(sent or draft),
    }


def _plain(value):
    """A JSON value that compares equal whenever the stored value does."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if hasattr(value, "isoformat") else value
