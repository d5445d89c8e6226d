"""Truth tables: who may answer, settle, remark, rate and read."""

import pytest
from django.http import Http404

from activity import clock
from people.models import Delegation, Post
from proposals.models import Ask
from reviews import rules
from reviews.conflicts import conflict_of, conflicts_among
from reviews.models import Assignment, Endorsement, Feedback


@pytest.fixture
def ask(submitted):
    return submitted.asks.get()


def lend(unit, person, by):
    today = clock.today()
    return Delegation.objects.create(
        unit=unit, person=person, act="answer_asks", from_date=today, until_date=today,
        delegated_by=by, delegated_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("asked_head", True),
        ("asked_deputy", True),
        ("lead_head", False),
        ("partner_head", False),
        ("hr_head", False),
        ("stranger", False),
        ("cabinet_member", False),
        ("superintendent", False),
        ("steward", False),
        ("administrator", False),
    ],
)
def test_who_answers(ask, people, who, may):
    assert rules.can_answer(getattr(people, who), ask) is may
    assert bool(rules.why_not_answer(getattr(people, who), ask)) is not may


def test_a_delegate_answers_on_the_stated_days(ask, units, stranger, asked_head, travel):
    lend(units["TRN"], stranger, asked_head)
    assert rules.can_answer(stranger, ask)
    stranger.forget_posts()
    travel(clock.today().replace(day=28))
    assert not rules.can_answer(stranger, ask)


def test_who_heads_both_sides_does_not_answer(ask, units, asked_head, asked_deputy, superintendent):
    Post.objects.create(person=asked_head, unit=units["SSS"], role="head")
    asked_head.forget_posts()
    assert not rules.can_answer(asked_head, ask)
    assert "You work for a sponsor of P-01" in rules.why_not_answer(asked_head, ask)
    assert rules.can_answer(asked_deputy, ask)
    assert rules.can_answer(superintendent, ask)


@pytest.mark.parametrize("at_home", [True, False])
def test_a_delegate_who_works_for_a_sponsor_does_not_answer(
    ask, units, stranger, lead_contributor, asked_head, at_home
):
    lent_to = lead_contributor if at_home else stranger
    lend(units["TRN"], lent_to, asked_head)
    if not at_home:
        Post.objects.create(person=stranger, unit=units["SSS"], role="contributor")
    assert not rules.can_answer(lent_to, ask)
    assert "You work for a sponsor of P-01" in rules.why_not_answer(lent_to, ask)


def test_a_head_who_only_works_for_a_sponsor_leaves_it_to_others(ask, units, asked_head, superintendent):
    Post.objects.create(person=asked_head, unit=units["TL"], role="contributor")
    asked_head.forget_posts()
    assert not rules.can_answer(asked_head, ask)
    assert rules.can_answer(superintendent, ask)


def test_a_head_whose_home_is_a_sponsor_leaves_it_to_others(ask, units, asked_head, superintendent):
    asked_head.unit = units["TL"]
    asked_head.save()
    asked_head.forget_posts()
    assert not rules.can_answer(asked_head, ask)
    assert rules.can_answer(superintendent, ask)


def test_what_closes_an_ask(ask, asked_head):
    assert rules.blockers_to_answer(ask) == []
    ask.withdrawn_at = clock.now()
    assert "withdrew" in rules.blockers_to_answer(ask)[0]
    ask.withdrawn_at, ask.proposal.status = None, "funded"
    assert "closed" in rules.blockers_to_answer(ask)[0]
    unsent = Ask(proposal=ask.proposal, code="A-99", asked_unit=ask.asked_unit, created_at=clock.now())
    unsent.proposal.status = "draft"
    unsent.save()
    assert "not sent yet" in rules.blockers_to_answer(unsent)[0]


@pytest.mark.parametrize(
    ("who", "may"),
    [("lead_head", True), ("lead_deputy", True), ("partner_head", True), ("lead_contributor", False),
     ("asked_head", False), ("superintendent", False)],
)  # fmt: skip
def test_who_settles_a_condition(ask, people, who, may):
    assert rules.can_settle(getattr(people, who), ask) is may


@pytest.mark.parametrize(
    ("who", "sees"),
    [("asked_head", True), ("stranger", False), ("lead_contributor", True), ("hr_head", False)],
)
def test_a_drafts_ask_is_seen_by_both_sides_alone(joint_draft, people, who, sees):
    pk = joint_draft.asks.get().pk
    if sees:
        assert rules.ask_for(getattr(people, who), pk).pk == pk
    else:
        with pytest.raises(Http404):
            rules.ask_for(getattr(people, who), pk)


def test_an_unsent_ask_is_the_sponsors_own(joint_draft, units, asked_head, lead_head):
    unsent = Ask.objects.create(
        proposal=joint_draft, code="A-02", asked_unit=units["TRN"], what="More", created_at=clock.now()
    )
    assert rules.ask_for(lead_head, unsent.pk)
    with pytest.raises(Http404):
        rules.ask_for(asked_head, unsent.pk)


CONFLICTS = [
    ("lead_head", True), ("lead_deputy", True), ("lead_contributor", True), ("partner_head", True),
    ("answerable", True), ("cabinet_member", False), ("cfo", False), ("superintendent", False),
    ("asked_head", False), ("hr_head", False), ("advisory", False), ("steward", False),
]  # fmt: skip


@pytest.mark.parametrize(("who", "conflict"), CONFLICTS)
def test_nobody_judges_their_own(submitted, people, who, conflict):
    assert bool(conflict_of(getattr(people, who), submitted)) is conflict


def test_conflicts_in_bulk_say_the_same(submitted, people, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = conflicts_among([getattr(people, who) for who, _ in CONFLICTS], [submitted])
    assert found == {(getattr(people, who).pk, submitted.pk) for who, conflict in CONFLICTS if conflict}


def test_a_delegate_of_a_sponsor_has_a_conflict(submitted, units, stranger, lead_head):
    lend(units["TL"], stranger, lead_head)
    assert "Teaching and learning" in conflict_of(stranger, submitted)


def test_the_superintendent_of_a_sponsoring_office_has_one(submitted, units, superintendent):
    units["TL"].cabinet_member = superintendent
    units["TL"].save()
    assert conflict_of(superintendent, submitted) == ""
    Post.objects.create(person=superintendent, unit=units["TL"], role="head")
    superintendent.forget_posts()
    assert conflict_of(superintendent, submitted)


@pytest.mark.parametrize(
    ("who", "may"),
    [("cfo", True), ("cabinet_member", True), ("hr_head", True), ("asked_deputy", True), ("principal", True),
     ("advisory", True), ("answerable", True), ("lead_head", False), ("stranger", False),
     ("auditor", False), ("steward", False)],
)  # fmt: skip
def test_who_gives_feedback(submitted, people, who, may):
    assert rules.can_give_feedback(getattr(people, who), submitted) is may


@pytest.mark.parametrize(
    ("stage", "feedback", "rating"),
    [("drafting", False, False), ("consultation", True, False), ("vetting", True, True),
     ("revision", False, False), ("scoring", False, True), ("slate", False, False)],
)  # fmt: skip
def test_what_is_open_when(submitted, at_stage, stage, feedback, rating):
    at_stage(stage)
    assert (rules.blockers_to_give_feedback(submitted) == []) is feedback
    assert (rules.blockers_to_rate(submitted) == []) is rating


@pytest.mark.parametrize("status", ["draft", "vetted", "held", "funded", "withdrawn"])
def test_nothing_is_judged_outside_review(submitted, at_stage, status):
    at_stage("vetting")
    submitted.status = status
    assert rules.blockers_to_give_feedback(submitted)
    assert rules.blockers_to_rate(submitted)


def test_who_rates(submitted, cfo, lead_head, hr_head):
    for person in (cfo, lead_head, hr_head):
        Assignment.objects.create(
            proposal=submitted, reviewer=person, assigned_at=clock.now(), assigned_by=cfo
        )
    Assignment.objects.filter(reviewer=hr_head).update(recused_at=clock.now(), recused_by=hr_head)
    assert rules.can_rate(cfo, submitted)
    assert not rules.can_rate(lead_head, submitted)
    assert not rules.can_rate(hr_head, submitted)


def test_the_default_reviewers(season, people):
    names = {person.email.split("@")[0] for person in rules.default_reviewers(season)}
    cabinet = {"superintendent", "cfo", "cabinet.member", "answerable"}
    assert names == cabinet | {"lead.head", "partner.head", "asked.head", "hr.head"}
    season.heads_rate = False
    assert {p.email.split("@")[0] for p in rules.default_reviewers(season)} == cabinet


def test_doors(submitted, people):
    remark = Feedback.objects.create(
        version=rules.gate_of(submitted), code="F-01", kind="question", written_by=people.cfo,
        unit=people.cfo.unit, text="?", written_at=clock.now(),
    )  # fmt: skip
    assert rules.feedback_for(people.stranger, remark.pk) == remark
    assignment = Assignment.objects.create(
        proposal=submitted, reviewer=people.cfo, assigned_at=clock.now(), assigned_by=people.steward
    )
    assert rules.assignment_for(people.cfo, assignment.pk) == assignment
    assert rules.assignment_for(people.steward, assignment.pk) == assignment
    delegation = lend(people.asked_head.unit, people.stranger, people.asked_head)
    assert rules.delegation_for(people.asked_deputy, delegation.pk) == delegation
    for door, pk in (
        (rules.assignment_for, assignment.pk),
        (rules.delegation_for, delegation.pk),
        (rules.condition_for, 1),
        (rules.feedback_for, 0),
    ):
        with pytest.raises(Http404):
            door(people.stranger, pk)


def test_a_draft_is_not_reviewed(joint_draft, cfo, lead_head):
    for person in (cfo, lead_head):
        with pytest.raises(Http404):
            rules.circulated_for(person, joint_draft.pk)


def test_the_newest_answer_is_of_the_current_terms(ask, asked_head):
    assert rules.newest_answer(ask) is None
    for number, answer in enumerate(("declined", "endorsed"), 1):
        Endorsement.objects.create(
            terms=ask.current_terms, number=number, answer=answer, reason="x", answered_at=clock.now(),
            answered_by=asked_head,
        )  # fmt: skip
    assert rules.newest_answer(rules.ask_for(asked_head, ask.pk)).answer == "endorsed"
