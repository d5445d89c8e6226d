"""Pure functions over a proposal's content: totals, what is missing, two people's edits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from funds.arithmetic import half_up

Content = Mapping[str, Any]


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


def within_years(content: Content, years: int) -> Content:
    """The content with the amounts of the years that its season costs, whatever its lines said before."""
    lines = [{**line, "cents": line["cents"][:years]} for line in content["cost_lines"]]
    return {**content, "cost_lines": lines}


class Size(NamedTuple):
    """The proposal as it would be with less money or more, or as it is."""

    kind: str
    label: str
    cents: list[int]
    effect: str
    changes: str


def sizes_of(content: Content) -> list[Size]:
    """Its sizes, smallest first; the full one costs what the lines say. Empty where none is described."""
    full = sum_of(content).cents
    return [
        Size(
            scale["kind"], scale["kind"].capitalize(), full if scale["kind"] == "full" else scale["cents"],
            scale["effect"], scale["changes"],
        )
        for scale in content.get("scales", [])
    ]  # fmt: skip


def cents_per_student(content: Content) -> int | None:
    """First year's cost for each student served, half up to the dollar."""
    students = content["students_served"]
    return half_up(Decimal(sum_of(content).cents[0]) / 100 / students) * 100 if students else None


def fte_of(content: Content) -> Decimal:
    return sum((Decimal(line["fte"]) for line in content["cost_lines"] if line["fte"]), Decimal(0))


def hours_by_month(content: Content) -> list[tuple[date, int, int]]:
    """(month, hours, number of schools) asked of schools, by month."""
    months: dict[str, tuple[int, set[str]]] = {}
    for school, month, _activity, _days, hours in content.get("demands", []):
        so_far, schools = months.get(month, (0, set()))
        months[month] = (so_far + hours, schools | {school})
    return [(date.fromisoformat(m), hours, len(schools)) for m, (hours, schools) in sorted(months.items())]


def effort_words(effort: str, hours: int | None, per: str, posts: Any) -> str:
    """What the terms of an ask want: “40 hours a year (two nurses), 1.5 posts to fill”; '' if unsaid."""
    words = effort
    if hours:
        words = f"{hours:,} hour{'' if hours == 1 else 's'} {per}".strip()
        words += f" ({effort})" if effort and "hour" not in effort else ""
    number = format(Decimal(posts).normalize(), "f") if posts else ""
    filled = f"{number} post{'' if number == '1' else 's'} to fill" if posts and Decimal(posts) else ""
    return ", ".join(part for part in (words, filled) if part)


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


NEEDED_TEXTS = {
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
        (not content["title"].strip(), "Give the proposal a title.", "proposal_details"),
        (not content["goals"], "Name at least one goal that it serves.", "proposal_details"),
        *((not content["sections"].get(k, "").strip(), s, "proposal_edit") for k, s in NEEDED_TEXTS.items()),
        (
            len(accepted) > 1 and not content["sections"].get("working_together", "").strip(),
            "Write the working-together plan, since several units sponsor it.",
            "proposal_edit",
        ),
        (not content["cost_lines"], "Add at least one cost line.", "proposal_costs"),
        (bool(unsent), f"Send {listed(unsent)}, or withdraw what is no longer asked.", "proposal_asks"),
        (
            bool(invited),
            f"Wait for the answer of {listed(invited)} to the invitation, or take the invitation back.",
            "proposal_sponsors",
        ),
    ]
    return [Reason(sentence, place) for is_missing, sentence, place in found if is_missing]


def unsigned_in(content: Content, signed: Collection[str]) -> list[Reason]:
    """Sponsors whose sign-on does not cover the substance as it stands; `signed` are unit codes."""
    waiting = [s["name"] for s in content["sponsors"] if s["accepted"] and s["unit"] not in signed]
    if not waiting:
        return []
    return [Reason(f"{listed(waiting)} must sign on to the proposal as it stands.", "proposal_sign")]


def listed(names: list[str]) -> str:
    """“A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
