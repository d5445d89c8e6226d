"""Who is awaited: the right people, until the thing is done, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import clock
from people.models import Delegation, Post, User
from proposals.actions.asks import edit_ask, send_ask
from proposals.actions.sponsors import invite_sponsor
from proposals.models import Ask, AskTerms, Proposal, Sponsorship
from reviews.actions import assignments, feedback, passing, ratings
from reviews.actions.answers import accept_condition, answer_ask
from reviews.actions.delegations import delegate_answering
from reviews.inbox import awaited


def waiting(kind, people=None):
    """First names of the awaited, by the first word of the key."""
    rows = [row for row in awaited(people) if row.key.split(":")[0] == kind]
    return sorted(row.person_name.split()[0] for row in rows)


def answer(ask, by, kind="endorsed", condition=""):
    return answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer=kind, reason="x",
        condition=condition, by=by,
    )  # fmt: skip


def test_head_deputy_and_delegate_answer(submitted, units, stranger, asked_head, season):
    today = clock.today()
    Delegation.objects.create(
        unit=units["TRN"], person=stranger, act="answer_asks", from_date=today, until_date=today,
        delegated_by=asked_head, delegated_at=clock.now(),
    )  # fmt: skip
    assert waiting("ask") == ["Arno", "Dora", "Stan"]
    row = next(iter(awaited([asked_head])))
    assert (row.due_on, row.path) == (season.answers_due_on, f"/asks/{submitted.asks.get().pk}/")
    assert row.sentence == "Answer P-01 Reading coaches for Transportation: A later bus for two schools"
    answer(submitted.asks.get(), asked_head)
    assert waiting("ask") == []


@pytest.mark.parametrize("of_all", [False, True])
def test_a_delegate_is_told_in_whose_place(submitted, units, stranger, asked_head, asked_deputy, of_all):
    lent = {"from_date": clock.today(), "until_date": clock.today(), "unit": units["TRN"]}
    delegate_answering(person=stranger, by=asked_deputy, **lent)
    told = {row.person_name: row.sentence for row in (awaited() if of_all else awaited([stranger]))}
    unit = "Transportation, in place of Dora Asked"
    assert told[stranger.name] == f"Answer P-01 Reading coaches for {unit}: A later bus for two schools"
    if of_all:
        assert "in place of" not in told[asked_head.name] + told[asked_deputy.name]


def test_new_terms_await_anew(joint_draft, asked_head, lead_head):
    ask = joint_draft.asks.get()
    before = {row.key for row in awaited([asked_head])}
    answer(ask, asked_head)
    edit_ask(ask=ask, values={**ask.values(), "effort_hours": 80}, by=lead_head)
    ask.refresh_from_db()
    send_ask(ask=ask, by=lead_head)
    after = {row.key for row in awaited([asked_head])}
    assert len(before) == len(after) == 1
    assert before != after


def test_the_superintendent_stands_in_where_one_heads_both_sides(submitted, units, asked_head):
    Post.objects.create(person=asked_head, unit=units["SSS"], role="head")
    assert waiting("ask") == ["Dora", "Sofia"]


@pytest.mark.parametrize("by_name", [False, True])
def test_who_works_for_a_sponsor_is_not_awaited_for_its_ask(submitted, units, asked_deputy, by_name):
    Post.objects.create(person=asked_deputy, unit=units["TL"], role="contributor")
    assert waiting("ask", list(User.objects.all()) if by_name else None) == ["Arno"]
    assert waiting("ask", [asked_deputy]) == []


@pytest.mark.parametrize("by_name", [False, True])
def test_conditions_await_who_speaks_for_the_sponsors(submitted, asked_head, lead_head, by_name):
    condition = answer(submitted.asks.get(), asked_head, "conditional", "In May.").condition
    asked = list(User.objects.all()) if by_name else None
    assert waiting("condition", asked) == ["Dana", "Lena", "Paula"]
    accept_condition(condition=condition, by=lead_head)
    assert waiting("condition", asked) == []


@pytest.mark.parametrize("by_name", [False, True])
def test_who_is_only_invited_is_not_awaited(joint_draft, units, asked_head, lead_head, hr_head, by_name):
    answer(joint_draft.asks.get(), asked_head, "conditional", "In May.")
    invite_sponsor(proposal=joint_draft, unit=units["HRT"], by=lead_head)
    assert waiting("condition", [hr_head, lead_head] if by_name else None) == (
        ["Lena"] if by_name else ["Dana", "Lena", "Paula"]
    )


def test_feedback_awaits_the_sponsors(submitted, cfo, lead_head, at_stage, season):
    at_stage("vetting")
    given = feedback.give_feedback(proposal=submitted, kind="question", text="?", by=cfo)
    feedback.give_feedback(proposal=submitted, kind="strength", text="!", by=cfo)
    assert waiting("feedback") == ["Dana", "Lena", "Paula"]
    assert next(r for r in awaited([lead_head])).due_on == season.revision_due_on
    feedback.answer_feedback(feedback=given, answer="x", plan_changed=False, by=lead_head)
    assert waiting("feedback") == []


def test_ratings_await_until_every_criterion_is_rated(submitted, rubric, cfo, hr_head, steward, at_stage):
    at_stage("vetting")
    season = submitted.season
    assignments.assign_reviewers(season=season, by=steward, reviewers=[cfo, hr_head])
    assert waiting("rate") == ["Frank", "Hugo"]
    keys = [c.pk for c in rubric.criteria.all()]
    ratings.rate(proposal=submitted, ratings={keys[0]: (4, "")}, by=cfo)
    row = next(r for r in awaited([cfo]) if r.key.startswith("rate"))
    assert row.sentence == "Rate P-01 Reading coaches (1 of 3 criteria done)"
    assert row.due_on == season.stages.get(kind="scoring").closes
    ratings.rate(proposal=submitted, ratings=dict.fromkeys(keys, (4, "")), by=cfo)
    assignments.recuse(assignment=submitted.assignments.get(reviewer=hr_head), reason="Kin.", by=hr_head)
    assert waiting("rate") == []


def test_nobody_is_awaited_for_ratings_while_they_are_closed(submitted, rubric, cfo, steward, at_stage):
    at_stage("vetting")
    assignments.assign_reviewers(season=submitted.season, by=steward, reviewers=[cfo])
    at_stage("revision")
    assert waiting("rate") == []
    at_stage("scoring")
    assert waiting("rate") == ["Frank"]


def test_a_reviewer_with_a_new_conflict_is_not_awaited(submitted, rubric, units, cfo, steward, at_stage):
    at_stage("vetting")
    assignments.assign_reviewers(season=submitted.season, by=steward, reviewers=[cfo])
    Post.objects.create(person=cfo, unit=units["TL"], role="contributor")
    assert waiting("rate") == []


def test_the_steward_clears_once_scoring_has_closed(submitted, steward, at_stage):
    at_stage("scoring")
    assert waiting("clear") == []
    at_stage("slate")
    assert waiting("clear") == ["Stella"]
    passing.clear(proposal=submitted, by=steward)
    assert waiting("clear") == []


def test_people_alone_are_the_same_people(submitted, rubric, cfo, asked_head, steward, people, at_stage):
    at_stage("vetting")
    assignments.assign_reviewers(season=submitted.season, by=steward)
    feedback.give_feedback(proposal=submitted, kind="question", text="?", by=cfo)
    everybody = list(User.objects.all())
    whole = {(row.key, row.person_key) for row in awaited()}
    assert whole == {(row.key, row.person_key) for row in awaited(everybody)}
    one_by_one = [awaited([User.objects.get(pk=person.pk)]) for person in everybody]
    assert whole == {(row.key, row.person_key) for rows in one_by_one for row in rows}


def test_same_queries_for_any_number(submitted, rubric, cfo, steward, at_stage, units):
    at_stage("vetting")
    counts = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(awaited())
        counts.append(len(queries))
        other = Proposal.objects.create(
            season=submitted.season, code=f"P-0{number}", title="x", created_at=clock.now(),
            status="submitted", submitted_at=clock.now(), submitted_by=cfo,
        )  # fmt: skip
        Sponsorship.objects.create(proposal=other, unit=units["TL"], is_lead=True)
        ask = Ask.objects.create(
            proposal=other, code="A-09", asked_unit=units["TRN"], what="x", created_at=clock.now()
        )
        AskTerms.objects.create(ask=ask, number=1, sponsors="TL", sent_at=clock.now(), sent_by=cfo, what="x")
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10


def test_the_steward_assigns_reviewers_while_nobody_reads_a_proposal(
    submitted, steward, cfo, season, at_stage
):
    at_stage("consultation")
    assert waiting("assign") == []
    at_stage("vetting")
    row = next(row for row in awaited([steward]) if row.key.startswith("assign:"))
    assert row.sentence == "Assign reviewers to 1 proposal: nobody reads it yet" and row.path == "/vetting/"
    assignments.assign_reviewers(season=season, by=steward, reviewers=[cfo])
    assert waiting("assign") == []
