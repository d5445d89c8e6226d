"""Who is awaited for what: every app's answer, joined. Home, counts and reminders all read this."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from activity.awaited import Awaited

SOURCES = [
    import_module(name)
    for name in ("goals.inbox", "proposals.inbox", "reviews.inbox", "slates.inbox", "investments.inbox")
    if find_spec(name)
]


def awaited(people: Iterable | None = None) -> list[Awaited]:
    """Everything that is awaited from these people, or from everybody; most urgent first.

    A fixed number of queries for any number of people.
    """
    rows = [row for source in SOURCES for row in source.awaited(people)]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.sentence, row.key))
