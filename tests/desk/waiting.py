"""A list of awaited things that tests fill themselves, in place of the apps' inboxes."""

from datetime import date

from activity.awaited import Awaited
from desk import inbox


class Waiting:
    """Stands for every app's inbox: `awaits` puts a thing in, `done` takes it out."""

    def __init__(self):
        self.rows: list[Awaited] = []
        self.asked = 0

    def awaits(self, person, key: str, due_on: date | None = None, sentence: str = "", **more) -> Awaited:
        row = Awaited.of(person, key, sentence or f"Answer {key}.", f"/asks/{key}/", due_on, **more)
        self.rows.append(row)
        return row

    def done(self, key: str) -> None:
        self.rows = [row for row in self.rows if row.key != key]

    def awaited(self, people=None) -> list[Awaited]:
        self.asked += 1
        keys = None if people is None else {str(person.pk) for person in people}
        return [row for row in self.rows if keys is None or row.person_key in keys]


def replace_inboxes(monkeypatch) -> Waiting:
    waiting = Waiting()
    monkeypatch.setattr(inbox, "SOURCES", [waiting])
    return waiting
