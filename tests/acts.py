"""Every act that any test posts is counted: what it asks the database stands within the budget of an act."""

import pytest
from django.db import connection
from django.test import Client
from django.test.client import FakePayload
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

POST_BUDGET = 16
MARKS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
# Acts that write more tables than an act may ask queries, with how many they ask at most: slates and
# proposals say which (in test_posts.py and test_many.py). A copy takes everything of a proposal along. Who
# takes an offer asks every ask anew. A new account comes with its post and its invitation in one form; the
# first administrator's welcome opens the district and signs in.
LARGER = {
    "slate_release": 31, "merger": 52, "proposal_copy": 46, "offer_accept": 18, "setup_person_new": 19,
    "welcome": 22,
}  # fmt: skip
# The demo's own: a copy of the season is put in place.
NO_ACTS = {"demo_jump", "demo_move", "season_import_confirm"}


def act_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def asked(queries: CaptureQueriesContext) -> int:
    """Queries without the marks of transactions."""
    return sum(not query["sql"].upper().startswith(MARKS) for query in queries.captured_queries)


@pytest.fixture(autouse=True)
def acts_stay_within_their_budget(monkeypatch):
    request_of = Client.request

    def counted(self, **request):
        if request.get("REQUEST_METHOD") != "POST":
            return request_of(self, **request)
        body = request["wsgi.input"].read(int(request["CONTENT_LENGTH"]))
        with CaptureQueriesContext(connection) as queries:
            answer = request_of(self, **request | {"wsgi.input": FakePayload(body)})
        act = act_of(request["PATH_INFO"])
        if answer.status_code == 302 and act not in NO_ACTS:
            most = LARGER.get(act, POST_BUDGET)
            if b'"once"' not in body:  # every form of ours carries its key: written, then where it led
                most -= 1 if answer.url == request["PATH_INFO"] else 2
            assert asked(queries) <= most, (act, [q["sql"][:200] for q in queries.captured_queries])
        return answer

    monkeypatch.setattr(Client, "request", counted)
