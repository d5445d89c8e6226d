"""Scenes of the cast are played once and put back afterwards: making them anew takes a third of the suite.

Before a test's own fixtures run, the cast that it asks for is made; what stands in the database then, and
what the fixtures gave, is kept. The next test of the same folder that asks for the same is given both. Only
where a test is rolled back in the end; races and journeys play their scenes themselves.
"""

import pickle
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from people.models import District

# In the order in which they build upon each other.
CAST = ["district", "units", "people", "season", "rubric", "funds", "accounts", "coach", "goal"]
PROPOSALS = ["draft", "joint_draft", "submitted", "in_revision", "vetted"]
OF_FOLDERS = ["vetting", "review", "consulted", "suggested", "accepted", "slate", "decided", "frozen",
              "approved", "answered", "released", "investment"]  # fmt: skip
SCENES = [*CAST, *PROPOSALS, *OF_FOLDERS]

Key = tuple[Path, tuple[str, ...]]


@dataclass
class Scene:
    """Rows by table as they were read, the values of the fixtures, and the moment if clocks were moved."""

    rows: dict[str, list[tuple]]
    values: bytes
    at: datetime | None
    sequences: str

    def put_back(self, travel) -> dict[str, object]:
        if self.at:
            travel(self.at)
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                insert(cursor, table, rows)
            if self.sequences:  # a test that restores a backup may have set them back
                cursor.execute(self.sequences)
        return pickle.loads(self.values)


_kept: dict[Key, Scene] = {}
_given: dict[str, object] = {}


def tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models(include_auto_created=True)]


def standing() -> dict[str, list[tuple]]:
    """All rows of the house, by table, as the database gives them."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := cursor.fetchall():
                found[table] = rows
    return found


def insert(cursor, table: str, rows: list[tuple]) -> None:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    most = 900 // len(rows[0])  # values that SQLite takes in one statement
    for start in range(0, len(rows), most):
        some = rows[start : start + most]
        values = [value for each in some for value in each]
        into = connection.ops.quote_name(table)
        cursor.execute(f"INSERT INTO {into} VALUES {', '.join([row] * len(some))}", values)


@pytest.fixture(autouse=True)
def scene(request, fresh_cache):
    """The cast that this test asks for, made or put back."""
    names = of_the_cast(request)
    if names and is_rolled_back(request):
        request.getfixturevalue("db")
        key = (request.path.parent, tuple(names))
        if District.objects.exists():  # a season was imported for the whole file
            pass
        elif key in _kept:
            _given.update(_kept[key].put_back(request.getfixturevalue("travel")))
        else:
            before = standing()
            keep(key, {name: request.getfixturevalue(name) for name in names}, before)
    yield
    _given.clear()


def keep(key: Key, values: dict, before: dict[str, list[tuple]]) -> None:
    now = standing()
    assert all(now[table] == rows for table, rows in before.items()), "a scene changes what migrations wrote"
    rows = {table: now[table] for table in now if table not in before}
    at = datetime.now(UTC) if time_machine.escape_hatch.is_travelling() else None
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table in rows]
    sequences = "; ".join(connection.ops.sequence_reset_sql(no_style(), models))
    _kept[key] = Scene(rows, pickle.dumps(values), at, sequences)


def of_the_cast(request) -> list[str]:
    """Scenes that a test asks for, up to the first one that its file makes in its own way."""
    asked = request.node._fixtureinfo.name2fixturedefs
    wanted = [name for name in SCENES if name in asked]
    return list(takewhile(lambda name: is_shared(asked[name][-1].func.__module__), wanted))


def is_shared(module: str) -> bool:
    return module.startswith("tests.cast") or module.endswith("conftest")


def is_rolled_back(request) -> bool:
    mark = request.node.get_closest_marker("django_db")
    return "transactional_db" not in request.fixturenames and not (mark and mark.kwargs.get("transaction"))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """A fixture of a scene that was put back gives what it gave when the scene was made."""
    if fixturedef.argname not in _given:
        return None
    value = _given[fixturedef.argname]
    fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
    return value
