"""One awaited thing: what page, count, mail and integrity report all read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Awaited:
    """Somebody is awaited for something. Every app's `inbox.awaited(people=None)` yields these.

    `key` names the awaited thing so that it is the same on every sweep and another one once the
    thing changed (new terms of an ask, a new substance to sign): "ask:12:terms:2". News wants to be
    read and nothing else: it is told with the rest, and counted nowhere.
    """

    key: str
    person_key: str
    person_name: str
    address: str
    sentence: str
    path: str
    due_on: date | None = None
    is_news: bool = False

    @classmethod
    def of(cls, person, key: str, sentence: str, path: str, due_on: date | None = None, **more: bool):
        """Awaited from a user; the only place that reads a person's columns."""
        return cls(key, str(person.pk), person.name, person.email, sentence, path, due_on, **more)
