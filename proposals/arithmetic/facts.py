"""What of a proposal is told in a line or in a list, and what of it differs between two contents."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from funds.arithmetic import format_dollars

from . import Content, listed

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
    "meeting": "Meeting that it uses",
    "meeting_minutes": "Minutes a month in it",
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


# What differs by what it is, not by its words: a file of the same name and size, or a goal renamed since.
Entries = list[tuple[Any, str]]


def facts_between(old: Content, new: Content) -> Iterator[tuple[str, str, str]]:
    """What it is called, how it was and how it is now; of a list, only what went and what came."""
    for name, label in _FACTS.items():
        if name == "demands":
            gone, came = _hours_beside(old, new), _hours_beside(new, old)
        else:
            before, after = _entries(old, name), _entries(new, name)
            gone, came = _without(before, after), _without(after, before)
        if gone or came:
            yield label, "\n".join(gone), "\n".join(came)


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


def day_in_words(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"


def _in_a_line(row: Content) -> str:
    """An attachment, a milestone or a size."""
    if "size" in row:
        return f"{row['name']} ({math.ceil(row['size'] / 1024):,} KB)"
    if "due_on" in row:
        return f"{row['what']}, by {day_in_words(row['due_on'])}, {row['unit']}"
    amounts = ", ".join(map(format_dollars, row["cents"])) if any(row["cents"]) else "as its lines"
    return f"{row['kind'].capitalize()}: {amounts}. {row['effect']} {row['changes']}".strip()
