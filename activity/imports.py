"""What an import knows while it writes past acts: until when, in which zone, what was made so far."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models

from . import clock
from .actions import entry_for
from .models import Entry

BATCH = 500
MORNING = time(8)  # past acts have a day only; they stand at this hour


def look_at_new_rows() -> None:
    """PostgreSQL plans by statistics, and knows nothing yet of the thousands of rows just written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class Past:
    """Carries made objects from one app's import to the next, and the history to be written."""

    def __init__(self, zone: ZoneInfo, until: date | None = None) -> None:
        self.zone = zone
        self.until = until
        self.season: Any = None
        self.entries: list[Entry] = []
        self._known: dict[type[models.Model], dict[Any, Any]] = {}

    @property
    def day(self) -> date:
        """The day that counts as today for what has no date of its own."""
        return self.until or clock.today()

    def happened(self, day: date | None) -> bool:
        """Is this act dated, and not after the last day taken?"""
        return day is not None and (self.until is None or day <= self.until)

    def at(self, day: date) -> datetime:
        return datetime.combine(day, MORNING, self.zone).astimezone(UTC)

    def make(self, model: type[models.Model], rows: dict[Any, models.Model]) -> dict[Any, Any]:
        """Write many rows at once and remember them by key."""
        model._base_manager.bulk_create(rows.values(), batch_size=BATCH)
        self._known.setdefault(model, {}).update(rows)
        return rows

    def keep(self, model: type[models.Model], rows: dict[Any, models.Model]) -> None:
        """Remember rows that stand already."""
        self._known.setdefault(model, {}).update(rows)

    def all(self, model: type[models.Model]) -> dict[Any, Any]:
        return self._known.get(model, {})

    def get(self, model: type[models.Model], key: Any) -> Any:
        """The made object of this key, or None for an empty key or one that was left out."""
        return None if key is None else self.all(model).get(key)

    def link(self, through: type[models.Model], pairs) -> None:
        """Write the rows of a many-to-many relation, as dictionaries of columns."""
        through._base_manager.bulk_create([through(**pair) for pair in pairs], batch_size=BATCH)

    def tell(self, verb: str, subject: models.Model, sentence: str, *, on: date, by=None, **more) -> None:
        """Keep the Entry of a past act, to be written at the end in the order of time."""
        self.entries.append(entry_for(verb, subject, sentence, by=by, at=self.at(on), imported=True, **more))

    def write_history(self) -> int:
        self.entries.sort(key=lambda entry: entry.at)
        Entry._base_manager.bulk_create(self.entries, batch_size=BATCH)
        return len(self.entries)
