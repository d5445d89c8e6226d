"""Who is awaited for what: every app's answer, joined. Home, counts and reminders all read this."""

from collections.abc import Iterable
from datetime import date

from django.core.cache import cache
from django.db.models import Max

from activity import clock
from activity.awaited import Awaited
from activity.models import Entry
from goals import inbox as goals
from investments import inbox as investments
from proposals import inbox as proposals
from reviews import inbox as reviews
from slates import inbox as slates

SOURCES = [goals, proposals, reviews, slates, investments]


def awaited(people: Iterable | None = None) -> list[Awaited]:
    """Everything that is awaited from these people, or from everybody; most urgent first.

    A fixed number of queries for any number of people.
    """
    people = None if people is None else list(people)
    rows = [row for source in SOURCES for row in source.awaited(people)]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.sentence, row.key))


def to_do(rows: Iterable[Awaited]) -> list[Awaited]:
    """What waits for somebody, without the news, which are read and nothing else."""
    return [row for row in rows if not row.is_news]


def count_for(person) -> int:
    """How much is awaited from a person; kept until something happens, a minute at most."""
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"]
    key = f"waits:{person.pk}:{newest}:{clock.today()}"
    return cache.get_or_set(key, lambda: len(to_do(awaited([person]))), 60)
