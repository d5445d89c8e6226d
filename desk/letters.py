"""The words of a digest: what waits for one person, by due date, with links that only show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from activity import clock
from activity.awaited import Awaited
from activity.templatetags.activity_tags import day

FOOT = (
    "You get at most one such mail a day, for what waits for you and for news of yours.\n"
    "Following a link changes nothing; you answer on the page."
)


@dataclass(frozen=True)
class Digest:
    """One person's mail of one day."""

    person_key: str
    person_name: str
    address: str
    subject: str
    text: str

    @classmethod
    def of(cls, rows: Sequence[Awaited], season: str) -> "Digest":
        """A digest of what one person is awaited for; at least one row, all of the same person."""
        rows = sorted(rows, key=lambda row: (row.due_on or date.max, row.sentence))
        waiting, news = ([row for row in rows if row.is_news is is_news] for is_news in (False, True))
        first, subject = rows[0], subject_for(len(waiting), season)
        parts = [f"Dear {first.person_name},", f"{subject}.", *(_item(row) for row in waiting)]
        if waiting and news:
            parts.append("News:")
        parts += [
            *(_news(row) for row in news),
            f"Everything that waits for you: {settings.PUBLIC_URL}/",
            FOOT,
        ]
        return cls(first.person_key, first.person_name, first.address, subject, "\n\n".join(parts) + "\n")


def subject_for(count: int, season: str) -> str:
    things = {0: "News", 1: "1 thing waits"}.get(count, f"{count} things wait")
    return f"{things} for you" + (f" in the {season} season" if season else "")


def _item(row: Awaited) -> str:
    return f"{due_words(row.due_on)}\n{row.sentence}\n{settings.PUBLIC_URL}{row.path}"


def _news(row: Awaited) -> str:
    return f"{row.sentence}\n{settings.PUBLIC_URL}{row.path}"


def due_words(due_on: date | None) -> str:
    """“Due Fri 9 Jan, in 3 days”, with the year when it is not the running one."""
    if due_on is None:
        return "No date"
    left = (due_on - clock.today()).days
    words = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(left)
    words = words or (f"in {left} days" if left > 0 else f"{-left} days ago")
    return f"Due {day(due_on)}, {words}"
