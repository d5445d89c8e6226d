"""A proposal as plain JSON values: what versions freeze, pages read and differences compare."""

import copy
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .ask import Ask
from .attachment import FILE_AS_JSON, Attachment, files_content
from .cost import CostLine, SchoolDemand
from .plan import AS_JSON, ProposalMilestone, Scale, plan_content
from .proposal import Proposal, Sponsorship
from .remark import Comment
from .section import Section

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
    return contents_of([proposal])[proposal.pk]


def contents_of(proposals: Collection[Proposal]) -> dict[int, dict]:
    """The same of many by their keys, in as many queries."""
    texts = _texts_of([proposal.pk for proposal in proposals])
    return {rows.pk: _content(rows, *texts[rows.pk]) for rows in _with_rows(proposals)}


def _content(rows: Proposal, found: dict[str, dict[str, str]], demands: list[list]) -> dict:
    texts, html = found.pop("section"), found.pop("html")
    plan = plan_content({kind: found.pop(kind) for kind in AS_JSON})
    files, shaped_by = files_content(found.pop("file")), _shaped_by(found.pop("shaped"), rows)
    return {
        "code": rows.code,
        "title": rows.title,
        "sections": {kind: texts[kind] for kind in Section.Kind.values if kind in texts},
        "html": {kind: html[kind] for kind in Section.Kind.values if kind in html},
        "goals": sorted(found["goal"]),
        "causes": sorted(found["cause"]),
        "principles_served": sorted(int(n) for n in found["served"]),
        "principles_strained": sorted(int(n) for n in found["strained"]),
        "schools": sorted(found["school"]),
        "names": {**found, **_names_in_lines(rows)},
        "reach": rows.reach,
        "grades": rows.grades,
        "students_served": rows.students_served,
        "evidence_tier": rows.evidence_tier,
        "cycle_years": rows.cycle_years,
        "meeting": rows.meeting,
        "meeting_minutes": rows.meeting_minutes,
        "shaped_by": shaped_by,
        "contact": str(rows.contact or ""),
        "research_partner": str(rows.research_partner or ""),
        **_substance_parts(rows),
        "demands": demands,
        **plan,
        "attachments": files,
    }  # fmt: skip


def said(content: Mapping[str, Any], kind: str) -> SafeString:
    """A section as its readers see it: the HTML of its document, or the paragraphs of plain text."""
    html = content.get("html", {}).get(kind)  # sanitised where it was derived, in `document.reading`
    if html:
        return mark_safe(_framed(html, kind))  # noqa: S308
    paragraphs = linebreaks(content["sections"].get(kind, ""), autoescape=True)  # escapes
    return mark_safe(paragraphs)  # noqa: S308


def _framed(html: str, kind: str) -> str:
    """Each table in a frame of its own, in which a wide one scrolls, by finger and by keys."""
    label = dict(Section.Kind.choices).get(kind, kind)
    frame = f'<div class="table-scroll" tabindex="0" role="region" aria-label="Table in {escape(label)}">'
    return html.replace("<table>", f'{frame}<table class="table">').replace("</table>", "</table></div>")


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
    (rows,) = _with_rows([proposal])
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


def _with_rows(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Copies with their rows read; the proposals themselves keep no rows that could grow old."""
    fresh = [copy.copy(proposal) for proposal in proposals]
    for row in fresh:
        row._prefetched_objects_cache = dict(getattr(row, "_prefetched_objects_cache", {}))
    prefetch_related_objects(fresh, *substance_rows())
    return fresh


# By kind and code: sections and their HTML, names of goals, causes, principles and schools, and the JSON
# of other rows; beside them the demands as [school, month, activity, days, hours].
Texts = tuple[dict[str, dict[str, str]], list[list]]


def _texts_of(keys: Sequence[int]) -> dict[int, Texts]:
    """What stands in other tables, by proposal; one query."""

    def part(kind: str, rows: QuerySet, code: str, text: str | JSONObject) -> QuerySet:
        plain = Cast(code, CharField()), Cast(text, TextField())
        rows = rows.filter(proposal__in=keys).order_by()
        return rows.values_list(Value(kind, CharField()), "proposal_id", *plain)

    def listed(name: str) -> QuerySet:
        return getattr(Proposal, name).through.objects

    demand = JSONObject(month="month", activity="activity", days="days", hours="hours")
    union = part("section", Section.objects.exclude(text=""), "kind", "text").union(
        part("html", Section.objects.exclude(html=""), "kind", "html"),
        part("goal", listed("goals"), "goal__code", "goal__title"),
        part("cause", listed("causes"), "rootcause__code", "rootcause__description"),
        part("served", listed("principles_served"), "principle__number", "principle__text"),
        part("strained", listed("principles_strained"), "principle__number", "principle__text"),
        part("school", listed("schools"), "unit__code", "unit__name"),
        part("shaped", Comment.objects.taken_over(), "unit__code", "unit__name"),
        part("demand", SchoolDemand.objects, "school__code", demand),
        part("scale", Scale.objects, "kind", AS_JSON["scale"]),
        part("milestone", ProposalMilestone.objects, "pk", AS_JSON["milestone"]),
        part("file", Attachment.objects.standing(), "pk", FILE_AS_JSON),
        all=True,
    )
    kinds = ("section", "html", "goal", "cause", "served", "strained", "school", "shaped", "file", *AS_JSON)
    found: dict[int, Texts] = {key: ({kind: {} for kind in kinds}, []) for key in keys}
    for kind, key, code, text in union:
        texts, demands = found[key]
        if kind == "demand":
            row = json.loads(text, parse_float=Decimal)
            days = _plain(Decimal(row["days"]))
            demands.append([code, row["month"], row["activity"], days, row["hours"]])
        else:
            texts[kind][code] = text
    for _texts, demands in found.values():
        demands.sort(key=lambda d: (d[1], d[0], d[2]))
    return found


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
