"""One inbox out of all apps, most urgent first."""

from datetime import date

import pytest

from desk import inbox
from tests.shape.house import MODELS_OF, ROOT

from .waiting import replace_inboxes


@pytest.mark.once
def test_the_most_urgent_stands_first(monkeypatch):
    from types import SimpleNamespace

    person = SimpleNamespace(pk=1, name="Arno", email="a@b.example")
    waiting = replace_inboxes(monkeypatch)
    waiting.awaits(person, "undated")
    waiting.awaits(person, "later", date(2026, 2, 1))
    waiting.awaits(person, "soon", date(2026, 1, 1))
    assert [row.key for row in inbox.awaited()] == ["soon", "later", "undated"]


@pytest.mark.once
def test_every_app_with_acts_is_asked():
    on_disk = {f"{floor}.inbox" for floor in MODELS_OF if (ROOT / floor / "inbox.py").exists()}
    assert on_disk
    assert {source.__name__ for source in inbox.SOURCES} == on_disk


@pytest.mark.django_db
def test_everybody_at_once_takes_a_fixed_number_of_queries(
    submitted, at_stage, people, django_assert_max_num_queries
):
    at_stage("consultation")
    with django_assert_max_num_queries(30):
        rows = inbox.awaited()
    assert any(row.person_key == str(people.asked_head.pk) for row in rows)
    mine = inbox.awaited([people.asked_head])
    assert mine == [row for row in rows if row.person_key == str(people.asked_head.pk)]
