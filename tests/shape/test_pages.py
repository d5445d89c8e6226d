"""Opening pages changes nothing, and no page asks the same question again and again."""

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from activity.models import Mail
from proposals.models import Comment, Intent
from reviews.models import Assignment, Feedback
from slates.models import Slate, SlateItem

from .test_addresses import patterns

pytestmark = pytest.mark.django_db

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.I)
OWN_BOOKS = ("django_session",)  # a session is kept by reading, too
MOST_REPEATS = 2
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
LEAST_OPENED = {"superintendent": 30, "steward": 40, "lead_head": 20, "hr_head": 15}
# By the name of the address.
EXCEPTIONS: dict[str, str] = {
    "setup_unit": "three fields choose one of all people, each with its own list",
}


def writes(queries) -> list[str]:
    """Statements that change rows, sessions left out."""
    return [q["sql"] for q in queries if WRITES.match(q["sql"]) and not any(t in q["sql"] for t in OWN_BOOKS)]


def shape_of(sql: str) -> str:
    """The query without its values."""
    return re.sub(r"\bIN \([^()]*\)", "IN (?)", re.sub(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b", "?", sql))


def repeated(queries) -> list[str]:
    """Queries that were asked more often than allowed, values left out."""
    counts = Counter(shape_of(q["sql"]) for q in queries if q["sql"].lstrip().upper().startswith("SELECT"))
    return [f"{count} × {sql[:160]}" for sql, count in counts.items() if count > MOST_REPEATS]


@pytest.fixture
def rows(submitted, at_stage, people, units, rubric):
    """One row of every kind that an address may name, by the word before its number."""
    at_stage("vetting")
    proposal, ask = submitted, submitted.asks.get()
    version = proposal.versions.get(kind="submission")
    sponsorship = proposal.sponsorships.get(is_lead=True)
    season = proposal.season
    feedback = Feedback.objects.create(
        version=version, code="F-1", kind="question", written_by=people.hr_head, unit=units["HRT"],
        text="Who drives?", written_at=proposal.created_at,
    )  # fmt: skip
    assignment = Assignment.objects.create(
        proposal=proposal,
        reviewer=people.hr_head,
        assigned_at=proposal.created_at,
        assigned_by=people.steward,
    )
    slate = Slate.objects.create(season=season, name="First", created_at=proposal.created_at)
    SlateItem.objects.create(slate=slate, proposal=proposal)
    intent = Intent.objects.create(
        season=season, title="Idea", idea="Words", unit=units["TL"], posted_at=proposal.created_at,
        posted_by=people.lead_head,
    )  # fmt: skip
    mail = Mail.objects.create(
        person_key=str(people.lead_head.pk), person_name="L", address="l@b.example", kind="digest",
        key="d", subject="S", text="x", written_at=proposal.created_at,
    )  # fmt: skip
    goal = proposal.goals.get()
    comment = Comment.objects.create(
        proposal=proposal, section="need", version=version, text="Whose figures?",
        written_at=proposal.created_at, written_by=people.hr_head,
    )  # fmt: skip
    return {
        "comments": comment.pk,
        "proposals": proposal.pk, "asks": ask.pk, "sponsors": sponsorship.pk, "feedback": feedback.pk,
        "vetting": proposal.pk, "assignments": assignment.pk, "slates": slate.pk, "intents": intent.pk,
        "mails": mail.pk, "goals": goal.pk, "problems": goal.problem_id, "units": units["TL"].pk,
        "measures": goal.measures.first().pk, "causes": goal.causes.first().pk,
        "people": people.lead_head.pk, "stages": season.stages.first().pk,
        "principles": season.principles.first().pk, "costs": 1, "versions": 1, "when": 5,
        "decisions": proposal.pk, "funds": proposal.cost_lines.first().fund_id,
    }  # fmt: skip


def addresses(rows: dict) -> dict[str, str]:
    """Every address of ours with its name, its parameters filled from the rows."""
    found = {}
    for where, entry in patterns(get_resolver()):
        if not hasattr(entry.callback, "access_rule"):
            continue
        path = where.replace("^", "").replace("$", "")
        while match := PARAMETER.search(path):
            word = path[: match.start()].rstrip("/").rpartition("/")[2]
            path = path[: match.start()] + str(rows.get(word, 1)) + path[match.end() :]
        found[f"/{path}"] = entry.name or ""
    return found


def open_all(client, paths):
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
            if response.streaming:
                b"".join(response)
        yield path, response.status_code, queries.captured_queries


@pytest.mark.parametrize("who", LEAST_OPENED)
def test_pages_open_without_writing_or_repeating(who, rows, people, signed_in):
    names, found, opened = addresses(rows), [], 0
    for path, status, queries in open_all(signed_in(getattr(people, who)), names):
        opened += status == 200
        if status >= 500:
            found.append(f"{path}: answers {status}")
        if done := writes(queries):
            found.append(f"{path}: a GET writes: {done[0][:120]}")
        if names[path] not in EXCEPTIONS:
            found += [f"{path}: {line}" for line in repeated(queries)]
    assert found == []
    assert opened >= LEAST_OPENED[who], "the rule is empty when addresses lead nowhere"


def test_pages_answer_who_is_signed_out(rows, client):
    """By a page that is public, by the way to sign in, by a word to our script, or as not there."""
    answers = {path: status for path, status, _queries in open_all(client, addresses(rows))}
    assert {path: status for path, status in answers.items() if status not in (200, 302, 401, 404)} == {}
    assert len(answers) > 100, "the rule is empty without addresses"


@pytest.mark.once
def test_the_rule_finds_a_write():
    log = SimpleNamespace(queries=[{"sql": "UPDATE people_user SET name='x'"}, {"sql": "SELECT 1"}])
    assert writes(log.queries) == ["UPDATE people_user SET name='x'"]
    assert writes([{"sql": "UPDATE django_session SET x=1"}]) == []


@pytest.mark.once
def test_the_rule_finds_a_repetition():
    one = {"sql": "SELECT * FROM t WHERE id = 1 AND name = 'a''b'"}
    other = {"sql": "SELECT * FROM t WHERE id = 22 AND name = 'c'"}
    assert repeated([one, other]) == []
    assert len(repeated([one, other, one])) == 1
