"""Two contents of a proposal against each other: text by words, money by lines, asks by terms."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from funds.arithmetic import format_dollars

from . import Content, listed, sum_of
from .facts import day_in_words, facts_between
from .looks import laid_out, links_between, same_layout
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


@dataclass(frozen=True)
class Passage(Difference):
    """A section of which words differ, or only how they look; and links that lead elsewhere, came or went."""

    note: str
    links: list[Difference]


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
    "effort_per": ("how the hours count", lambda v: {"year": "a year", "week": "a week"}.get(v, v)),
    "posts_to_fill": ("posts to fill", lambda v: v or "none"),
    "amount_cents": ("share of the money", format_dollars),
    "needed_by": ("needed by", lambda v: day_in_words(v) if v else "not stated"),
    "if_declined": ("if the answer is no", str),
    "sent": ("sent", lambda v: "sent" if v else "not sent yet"),
}


def differences(old: Content, new: Content) -> list[Difference]:
    """What of the substance differs between two contents; empty when nothing does."""
    return [
        *_of_sponsors(_accepted(old), _accepted(new)),
        *_of_rows(old, new, "cost_lines", "number", "Cost line", _LINE_WORDS),
        *_of_rows(old, new, "asks", "code", "Ask", _ASK_WORDS),
        *_of_plan(old, new),
    ]


def _accepted(content: Content) -> list[Content]:
    return [sponsor for sponsor in content["sponsors"] if sponsor["accepted"]]


def _of_sponsors(old: Iterable[Content], new: Iterable[Content]) -> list[Difference]:
    found = []
    for _, a, b in _paired(old, new, "unit"):
        name = (b or a)["name"]
        if a is None or b is None or a["accepted"] != b["accepted"]:
            found.append(Difference(f"Sponsor {name}", _there(a), _there(b)))
            continue
        if a["lead"] != b["lead"]:
            roles = ("lead" if s["lead"] else "co-sponsor" for s in (a, b))
            found.append(Difference(f"Role of {name}", *roles))
        if a["contribution"] != b["contribution"]:
            found.append(Difference(f"What {name} brings", a["contribution"], b["contribution"]))
    return found


def _there(sponsor: Content | None) -> str:
    if sponsor is None:
        return "not a sponsor"
    if not sponsor["accepted"]:
        return "invited, not answered yet"
    return sponsor["contribution"] or "no contribution stated"


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
    sections: list[Passage]
    sponsors: list[Difference]
    lines: list[Line]
    totals: list[tuple[int, int, int]]  # before, now, and the change, by year
    asks: list[AskChange]

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.sections or self.sponsors or self.lines or self.asks)


def compare(old: Content, new: Content, labels: Mapping[str, str]) -> Comparison:
    """`labels` are the sections by kind, in their order."""
    before, after = sum_of(old).cents, sum_of(new).cents
    return Comparison(
        facts=[Difference(*fact) for fact in facts_between(old, new)],
        sections=list(_of_passages(old, new, labels)),
        sponsors=_of_sponsors(old["sponsors"], new["sponsors"]),
        lines=list(_of_lines(old, new)),
        totals=[(a, b, b - a) for a, b in zip(before, after, strict=True)],
        asks=list(_of_asks(old, new)),
    )


def _of_sections(old: Content, new: Content, labels: Mapping[str, str]) -> Iterable[Difference]:
    for kind, label in labels.items():
        before, after = old.get(kind, ""), new.get(kind, "")
        if before != after:
            yield Difference(label, before, after)


def _of_passages(old: Content, new: Content, labels: Mapping[str, str]) -> Iterable[Passage]:
    known = "html" in old and "html" in new  # else a version is older than looks
    for kind, label in labels.items():
        before, after = (content["sections"].get(kind, "") for content in (old, new))
        looks = [laid_out(content, kind) for content in (old, new)] if known else ["", ""]
        if looks[0] == looks[1] and before == after:
            continue
        links = [Difference(f"Link on “{words}”", was, now) for words, was, now in links_between(*looks)]
        note = "" if before != after else _note(same_layout(*looks), bool(links))
        if before != after or note:
            yield Passage(label, before, after, note, links)


def _note(same_layout: bool, links: bool) -> str:
    """The words are the same: what differs."""
    parts = [name for name, differs in (("formatting", not same_layout), ("links", links)) if differs]
    return f"Only {listed(parts)} differ{'' if links else 's'}; the words are the same." if parts else ""


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
