"""Alive asks nothing; ready asks the database, the cache and the migrations."""

import json

import pytest
from django.db import DatabaseError
from django.test import RequestFactory

from budgetcollab import health


def ask(view, method="get"):
    return view(getattr(RequestFactory(), method)("/"))


def test_alive_asks_no_database():
    answer = ask(health.healthz)
    assert (answer.status_code, json.loads(answer.content)) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_when_all_is_there():
    answer = ask(health.readyz)
    assert json.loads(answer.content) == {"database": True, "cache": True, "migrations": True}
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_cache(monkeypatch):
    def fail(*arguments):
        raise ConnectionError

    monkeypatch.setattr(health.cache, "set", fail)
    answer = ask(health.readyz)
    assert (answer.status_code, json.loads(answer.content)["cache"]) == (503, False)


def test_not_ready_without_the_database(monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", fail)
    answer = ask(health.readyz)
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"database": False, "cache": True, "migrations": False}


def test_only_reading_is_answered():
    assert ask(health.readyz, "post").status_code == 405
    assert health.readyz.login_required is False


def test_probe_of_nobody_is_no():
    assert not health.probe("/readyz", 1, "localhost")
