"""Pure functions over a proposal's content: totals, differences of substance, two people's edits."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from funds.arithmetic import format_dollars

Content = Mapping[str, Any]
# Column → what it is called, and how its value is shown.
Words = Mapping[str, tuple[str, Callable[[Any], str]]]


@dataclass(frozen=True)
class Sum:
    """Cents of each year over the lines of one fund, one unit, or all."""

    code: str
    name: str
    cents: list[int]

    @property
    def total(self) -> int:
        return sum(self.cents)


def sums_by(content: Content, key: str) -> list[Sum]:
    """Totals by `unit` or `fund`, in the order in which the lines name them."""
    names = content.get("names", {}).get(key, {})
    sums: dict[str, list[int]] = {}
    for line in content["cost_lines"]:
        so_far = sums.setdefault(line[key], [0] * len(line["cents"]))
        sums[line[key]] = [a + b for a, b in zip(so_far, line["cents"], strict=True)]
    return [Sum(code, names.get(code, code), cents) for code, cents in sums.items()]


def sum_of(content: Content) -> Sum:
    """Total of all lines."""
    columns = zip(*(line["cents"] for line in content["cost_lines"]), strict=True)
    return Sum("", "All lines", [sum(column) for column in columns] or [0, 0, 0])


def fte_of(content: Content) -> Decimal:
    return sum((Decimal(line["fte"]) for line in content["cost_lines"] if line["fte"]), Decimal(0))


def hours_by_month(content: Content) -> list[tuple[date, int, int]]:
    """(month, hours, number of schools) asked of schools, by month."""
    months: dict[str, tuple[int, set[str]]] = {}
    for school, month, _activity, _days, hours in content.get("demands", []):
        so_far, schools = months.get(month, (0, set()))
        months[month] = (so_far + hours, schools | {school})
    return [(date.fromisoformat(m), hours, len(schools)) for m, (hours, schools) in sorted(months.items())]


@dataclass(frozen=True)
class Difference:
    """One thing of the substance that differs: what it is, how it was, how it is now."""

    what: str
    before: str
    after: str


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
    "effort_per": ("hours are", str),
    "posts_to_fill": ("posts to fill", lambda v: v or "none"),
    "amount_cents": ("share of the money", format_dollars),
    "needed_by": ("needed by", lambda v: v or "not stated"),
    "if_declined": ("if the answer is no", str),
    "sent": ("sent", lambda v: "sent" if v else "not sent yet"),
}


def effort_words(effort: str, hours: int | None, per: str, posts: Any) -> str:
    """What the terms of an ask want: “40 hours a year (two nurses), 1.5 posts to fill”; '' if unsaid."""
    words = effort
    if hours:
        words = f"{hours:,} hour{'' if hours == 1 else 's'} {per}".strip()
        words += f" ({effort})" if effort and "hour" not in effort else ""
    number = format(Decimal(posts).normalize(), "f") if posts else ""
    filled = f"{number} post{'' if number == '1' else 's'} to fill" if posts and Decimal(posts) else ""
    return ", ".join(part for part in (words, filled) if part)


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
    before, after = ({row[key]: row for row in content[rows]} for content in (old, new))
    found = []
    for code in {**before, **after}:
        a, b = before.get(code), after.get(code)
        name = f"{label} {code}"
        if a is None or b is None:
            found.append(Difference(name, *(_in_short(row) if row else "–" for row in (a, b))))
            continue
        for column, (word, shown) in words.items():
            if a.get(column) != b.get(column):
                found.append(Difference(f"{name}, {word}", shown(a.get(column)), shown(b.get(column))))
    return found


def _in_short(row: Content) -> str:
    if "cents" in row:
        return f"{row['description']}: {', '.join(format_dollars(c) for c in row['cents'])}"
    return f"{row['name']}: {row['what']}"


def _of_plan(old: Content, new: Content) -> list[Difference]:
    before, after = (c["sections"].get("working_together", "") for c in (old, new))
    return [Difference("Working-together plan", before, after)] if before != after else []


def comparable(value: Any) -> Any:
    """A JSON value of a field, equal whenever the field says the same; rows stand by their keys."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "pk"):
        return value.pk
    if hasattr(value, "__iter__"):
        return sorted((comparable(item) for item in value), key=str)
    return value


class Reason(NamedTuple):
    """What is missing, as a sentence, and the part of the workspace where it is mended."""

    sentence: str
    place: str


_NEEDED_TEXTS = {
    "summary": "Write a summary: the proposal in one paragraph.",
    "need": "Describe the problem and the need, with local figures.",
    "strategy": "Describe the strategy: what will be done and why it should work.",
}


def missing_in(content: Content) -> list[Reason]:
    """What a proposal still lacks before it can be submitted, in the order of the workspace."""
    accepted = [s for s in content["sponsors"] if s["accepted"]]
    invited = [s["name"] for s in content["sponsors"] if not s["accepted"]]
    unsent = [ask["code"] for ask in content["asks"] if ask["unsent"]]
    found = [
        (not content["title"].strip(), "Give the proposal a title.", "proposal_edit"),
        (not content["goals"], "Name at least one goal that it serves.", "proposal_edit"),
        *((not content["sections"].get(k, "").strip(), s, "proposal_edit") for k, s in _NEEDED_TEXTS.items()),
        (
            len(accepted) > 1 and not content["sections"].get("working_together", "").strip(),
            "Write the working-together plan, since several units sponsor it.",
            "proposal_edit",
        ),
        (not content["cost_lines"], "Add at least one cost line.", "proposal_costs"),
        (bool(unsent), f"Send {_listed(unsent)}, or withdraw what is no longer asked.", "proposal_asks"),
        (
            bool(invited),
            f"Wait for the answer of {_listed(invited)} to the invitation, or take the invitation back.",
            "proposal_sponsors",
        ),
    ]
    return [Reason(sentence, place) for is_missing, sentence, place in found if is_missing]


def unsigned_in(content: Content, signed: Collection[str]) -> list[Reason]:
    """Sponsors whose sign-on does not cover the substance as it stands; `signed` are unit codes."""
    waiting = [s["name"] for s in content["sponsors"] if s["accepted"] and s["unit"] not in signed]
    if not waiting:
        return []
    return [Reason(f"{_listed(waiting)} must sign on to the proposal as it stands.", "proposal_sign")]


def _listed(names: list[str]) -> str:
    """“A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
