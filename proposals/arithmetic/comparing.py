"""Two contents of a proposal against each other: text by words, money by lines, asks by terms."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from funds.arithmetic import format_dollars

from . import Content, listed, sum_of
from .words import Run, paragraphs

# Column → what it is called, and how its value is shown.
Words = Mapping[str, tuple[str, Callable[[Any], str]]]

# Letters from which a text is compared word by word.
_LONG = 120


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is, how it was, how it is now."""

    what: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        """Prose, which is better read word by word than side by side."""
        return min(len(self.before), len(self.after)) > _LONG

    @property
    def blocks(self) -> list[list[Run]]:
        """Word by word, by paragraph."""
        return paragraphs(self.before, self.after)


_LINE_WORDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "description": ("description", str),
    "unit": ("unit", str),
    "fund": ("fund", str),
    "function": ("function", str),
    "object": ("object", str),
    "benefits_object": ("benefits object", str),
    "position": ("position", str),
    "fte": ("FTE", lambda v: v or "none"),
    "recurring": ("returns each year", lambda v: "yes" if v else "no"),
    "cents": ("amounts", lambda v: ", ".join(format_dollars(c) for c in v)),
    "required_anyway": ("required anyway", lambda v: "yes" if v else "no"),
    "note": ("note", str),
}
_ASK_WORDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "what": ("what is asked", str),
    "effort": ("effort", str),
    "effort_hours": ("hours", lambda v: "not stated" if v is None else str(v)),
    "effort_per": ("how the hours count", str),
    "posts_to_fill": ("posts to fill", lambda v: v or "none"),
    "amount_cents": ("share of the money", format_dollars),
    "needed_by": ("needed by", lambda v: _day(v) if v else "not stated"),
    "if_declined": ("if the answer is no", str),
    "sent": ("sent", lambda v: "sent" if v else "not sent yet"),
}


def differences(old: Content, new: Content) -> list[Difference]:
    """What of the substance differs between two contents; empty when nothing does."""
    return [
        *_of_sponsors(old, new),
        *_of_rows(old, new, "cost_lines", "number", "Cost line", _LINE_WORDS),
        *_of_rows(old, new, "asks", "code", "Ask", _ASK_WORDS),
        *_of_plan(old, new),
    ]


def _of_sponsors(old: Content, new: Content) -> list[Difference]:
    before, after = ({s["unit"]: s for s in c["sponsors"] if s["accepted"]} for c in (old, new))
    found = []
    for code in {**before, **after}:
        a, b = before.get(code), after.get(code)
        name = (b or a or {})["name"]
        if a is None or b is None:
            found.append(Difference(f"Sponsor {name}", _there(a), _there(b)))
            continue
        if a["lead"] != b["lead"]:
            roles = ("lead" if s["lead"] else "co-sponsor" for s in (a, b))
            found.append(Difference(f"Role of {name}", *roles))
        if a["contribution"] != b["contribution"]:
            found.append(Difference(f"What {name} brings", a["contribution"], b["contribution"]))
    return found


def _there(sponsor: Content | None) -> str:
    return sponsor["contribution"] or "no contribution stated" if sponsor else "not a sponsor"


def _of_rows(old: Content, new: Content, rows: str, key: str, label: str, words: Words) -> list[Difference]:
    found = []
    for code, a, b in _paired(old[rows], new[rows], key):
        if a is None or b is None:
            found.append(Difference(f"{label} {code}", *(_in_short(row) if row else "" for row in (a, b))))
        else:
            name = a.get("description") or a.get("name")
            found += _of_columns(f"{label} {code}, {name}: ", a, b, words)
    return found


def _paired(old: Iterable[Content], new: Iterable[Content], key: str) -> Iterable[tuple[Any, Any, Any]]:
    """(key, row before, row now), with None for a row that was not there."""
    before, after = ({row[key]: row for row in rows} for rows in (old, new))
    for code in {**before, **after}:
        yield code, before.get(code), after.get(code)


def _of_columns(name: str, a: Content, b: Content, words: Words) -> list[Difference]:
    return [
        Difference(f"{name}{word}", _shown(a, column, shown), _shown(b, column, shown))
        for column, (word, shown) in words.items()
        if a.get(column) != b.get(column)
    ]


def _shown(row: Content, column: str, shown: Callable[[Any], str]) -> str:
    return shown(row.get(column)) if row else ""


def _in_short(row: Content) -> str:
    if "cents" in row:
        return f"{row['description']}: {', '.join(format_dollars(c) for c in row['cents'])}"
    return f"{row['name']}: {row['what']}"


def _of_plan(old: Content, new: Content) -> list[Difference]:
    parts = {"working_together": "Working-together plan", "who_does_what": "Who does what"}
    return list(_of_sections(old["sections"], new["sections"], parts))


@dataclass(frozen=True)
class Line:
    """A cost line that came, went or changed: amounts before and now, and what else differs."""

    number: int
    name: str
    kind: str
    before: list[int] | None
    after: list[int] | None
    details: list[Difference]

    @property
    def years(self) -> list[tuple[int | None, int | None]]:
        """Cents before and now, by year."""
        nothing = [None] * len(self.after or self.before or [])
        return list(zip(self.before or nothing, self.after or nothing, strict=True))


@dataclass(frozen=True)
class AskChange:
    """An ask that came, went or has other terms."""

    code: str
    name: str
    kind: str
    terms: list[Difference]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two contents, in the order in which they are read."""

    facts: list[Difference]
    sections: list[Difference]
    sponsors: list[Difference]
    lines: list[Line]
    totals: list[tuple[int, int, int]]  # before, now, and the change, by year
    asks: list[AskChange]

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.sections or self.sponsors or self.lines or self.asks)


# What is told in a line or in a list → its name; and the names behind codes.
_FACTS = {
    "title": "Title",
    "goals": "Goals",
    "causes": "Root causes",
    "schools": "Schools",
    "reach": "Reach",
    "grades": "Grades",
    "students_served": "Students served",
    "evidence_tier": "Evidence tier",
    "cycle_years": "Years until the result is judged",
    "contact": "Contact",
    "research_partner": "Research partner",
    "principles_served": "Principles served",
    "principles_strained": "Principles strained",
    "demands": "Asked of schools",
    "attachments": "Attachments",
    "scales": "Sizes",
    "milestones": "Milestones",
}


_NAMES = {
    "goals": "goal", "causes": "cause", "schools": "school", "principles_served": "served",
    "principles_strained": "strained",
}  # fmt: skip


def compare(old: Content, new: Content, labels: Mapping[str, str]) -> Comparison:
    """`labels` are the sections by kind, in their order."""
    before, after = sum_of(old).cents, sum_of(new).cents
    return Comparison(
        facts=list(_of_facts(old, new)),
        sections=list(_of_sections(old["sections"], new["sections"], labels)),
        sponsors=_of_sponsors(old, new),
        lines=list(_of_lines(old, new)),
        totals=[(a, b, b - a) for a, b in zip(before, after, strict=True)],
        asks=list(_of_asks(old, new)),
    )


# What differs by what it is, not by its words: a file of the same name and size, or a goal renamed since.
Entries = list[tuple[Any, str]]


def _of_facts(old: Content, new: Content) -> Iterable[Difference]:
    """Of a list, only what came and what went."""
    for name, label in _FACTS.items():
        if name == "demands":
            gone, came = _hours_beside(old, new), _hours_beside(new, old)
        else:
            before, after = _entries(old, name), _entries(new, name)
            gone, came = _without(before, after), _without(after, before)
        if gone or came:
            yield Difference(label, "\n".join(gone), "\n".join(came))


def _without(entries: Entries, others: Entries) -> list[str]:
    return [words for it, words in entries if it not in [other for other, _words in others]]


def _entries(content: Content, name: str) -> Entries:
    value = content.get(name)
    if not isinstance(value, list):
        return [] if value is None or value == "" else [(value, str(value))]
    names = content.get("names", {}).get(_NAMES.get(name), {})
    return [_entry(row, names) for row in value]


def _entry(row: Any, names: Mapping[str, str]) -> tuple[Any, str]:
    if isinstance(row, Mapping):
        return {**row, "id": None}, _in_a_line(row)
    return row, f"{row} {names.get(str(row), '')}".strip()


def _hours_beside(content: Content, other: Content) -> list[str]:
    """Hours that only this content asks of schools: alike ones in a line, with the schools by name."""
    others = set(map(tuple, other.get("demands", [])))
    alike: dict[tuple[Any, ...], list[str]] = {}
    for school, *asked in content.get("demands", []):
        if (school, *asked) not in others:
            alike.setdefault(tuple(asked), []).append(school)
    names = content.get("names", {}).get("school", {})
    return [
        f"{date.fromisoformat(month):%B %Y}, {activity.replace('_', ' ')}: {_amount(hours, days)}"
        f"{' each' if len(schools) > 1 else ''} at {listed([names.get(code, code) for code in schools])}"
        for (month, activity, days, hours), schools in alike.items()
    ]


def _amount(hours: int, days: str) -> str:
    words = f"{hours:,} hour{'' if hours == 1 else 's'}"
    return f"{words}, {days} day{'' if days == '1' else 's'}" if Decimal(days) else words


def _day(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"


def _in_a_line(row: Content) -> str:
    """An attachment, a milestone or a size."""
    if "size" in row:
        return f"{row['name']} ({math.ceil(row['size'] / 1024):,} KB)"
    if "due_on" in row:
        return f"{row['what']}, by {_day(row['due_on'])}, {row['unit']}"
    amounts = ", ".join(map(format_dollars, row["cents"])) if any(row["cents"]) else "as its lines"
    return f"{row['kind'].capitalize()}: {amounts}. {row['effect']} {row['changes']}".strip()


def _of_sections(old: Content, new: Content, labels: Mapping[str, str]) -> Iterable[Difference]:
    for kind, label in labels.items():
        before, after = old.get(kind, ""), new.get(kind, "")
        if before != after:
            yield Difference(label, before, after)


def _of_lines(old: Content, new: Content) -> Iterable[Line]:
    rest = {column: words for column, words in _LINE_WORDS.items() if column != "cents"}
    for number, a, b in _paired(old["cost_lines"], new["cost_lines"], "number"):
        kind, row = _fate(a, b), b or a
        before, after = a and a["cents"], b and b["cents"]
        details = _of_columns("", a, b, rest) if a and b else []
        if before != after or details:
            yield Line(number, row["description"], kind, before, after, details)


def _of_asks(old: Content, new: Content) -> Iterable[AskChange]:
    for code, a, b in _paired(old["asks"], new["asks"], "code"):
        terms = _of_columns("", a or {}, b or {}, _ASK_WORDS)
        if terms:
            yield AskChange(code, (b or a)["name"], _fate(a, b), terms)


def _fate(before: Content | None, after: Content | None) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
