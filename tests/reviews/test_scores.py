"""The score sheet against figures worked out by hand, and what never counts."""

from decimal import Decimal

import pytest

from activity import clock
from people.models import Delegation, Post
from proposals.actions.baton import freeze_version
from proposals.models import Ask, Proposal, ProposalVersion, Sponsorship
from reviews.models import Assignment, Condition, Endorsement, Rating
from reviews.scores import score_of, score_sheet


def gate(proposal):
    return proposal.versions.filter(kind__in=["submission", "resubmission"]).last()


def rated(proposal, reviewer, *values, version=None, **more):
    """Ratings in the order of the criteria; None leaves one out."""
    version = version or gate(proposal)
    Rating.objects.bulk_create(
        Rating(
            version=version,
            criterion=criterion,
            reviewer=reviewer,
            value=value,
            rated_at=clock.now(),
            **more,
        )
        for criterion, value in zip(proposal.season.rubric.criteria.all(), values, strict=False)
        if value is not None
    )


def answered(proposal, answer, by):
    terms = proposal.asks.get().current_terms
    return Endorsement.objects.create(
        terms=terms, number=terms.endorsements.count() + 1, answer=answer, reason="So it is.",
        answered_at=clock.now(), answered_by=by,
    )  # fmt: skip


@pytest.fixture
def judged(submitted, rubric, cfo, hr_head, asked_head):
    """Three raters: Impact 4, 5, 3; Working together 4, 3, –; Cost 2, 4, 5."""
    rated(submitted, cfo, 4, 4, 2)
    rated(submitted, hr_head, 5, 3, 4)
    rated(submitted, asked_head, 3, None, 5)
    return submitted


def test_score_by_hand(judged, asked_head):
    answered(judged, "endorsed", asked_head)
    score = score_of(judged)
    # 4/5 × 50 + 3.5/5 × 30 + 11/3/5 × 20 = 40 + 21 + 14.666…
    assert score.score == Decimal("75.7")
    assert (score.preference, score.ranking, score.raters) == (5, Decimal("80.7"), 3)
    assert score.not_earned == []
    impact, together, cost = score.spreads.values()
    assert (impact.mean, impact.median, impact.lowest, impact.highest, impact.raters) == (4, 4, 3, 5, 3)
    assert (together.mean, together.raters) == (Decimal("3.5"), 2)
    assert cost.median == 4


def test_no_score_until_every_criterion_is_rated(submitted, rubric, cfo):
    rated(submitted, cfo, 4, None, 2)
    score = score_of(submitted)
    assert (score.score, score.ranking) == (None, None)
    assert "Nobody has rated “Working together” yet." in score.not_earned


def test_silence_is_open_and_costs_the_preference(judged):
    score = score_of(judged)
    assert (score.asks["open"], score.answered, score.supported) == (1, 0, 0)
    assert (score.preference, score.ranking) == (0, Decimal("75.7"))
    assert score.not_earned == ["1 ask waits for an answer."]
    judged.season.joint_needs_answers = False
    assert score_of(judged).preference == 5
    assert score_of(judged).supported == 0


@pytest.mark.parametrize(
    ("answer", "supported"), [("endorsed", 1), ("conditional", 0), ("declined", 0), ("not_affected", 0)]
)
def test_every_answer_is_an_answer_and_one_is_support(judged, asked_head, answer, supported):
    answered(judged, answer, asked_head)
    score = score_of(judged)
    assert (score.asks[answer], score.answered, score.supported) == (1, 1, supported)
    assert score.preference == 5


def test_a_refused_condition_is_no_endorsement(judged, asked_head, lead_head):
    endorsement = answered(judged, "conditional", asked_head)
    Condition.objects.create(
        endorsement=endorsement, text="In May.", refused_at=clock.now(), refused_by=lead_head
    )
    score = score_of(judged)
    assert (score.answered, score.supported, score.conditions_refused, score.conditions_open) == (1, 0, 1, 0)
    assert score.unsettled == ["1 condition refused: no endorsement"]


def test_a_condition_is_support_once_it_is_accepted(judged, asked_head, lead_head):
    condition = Condition.objects.create(
        endorsement=answered(judged, "conditional", asked_head), text="In May."
    )
    score = score_of(judged)
    assert (score.answered, score.supported, score.conditions_open) == (1, 0, 1)
    assert score.unsettled == ["1 open condition"]
    condition.accepted_at, condition.accepted_by = clock.now(), lead_head
    condition.save()
    score = score_of(judged)
    assert (score.supported, score.conditions_open, score.unsettled) == (1, 0, [])


def test_an_ask_that_was_not_sent_waits_for_nobody(judged, units, asked_head):
    answered(judged, "endorsed", asked_head)
    Ask.objects.create(
        proposal=judged, code="A-02", asked_unit=units["HRT"], what="Two hires", created_at=clock.now()
    )
    score = score_of(judged)
    assert (score.asked, score.asks["open"], score.preference) == (1, 0, 5)


def test_only_the_newest_answer_counts(judged, asked_head):
    answered(judged, "endorsed", asked_head)
    answered(judged, "declined", asked_head)
    assert dict(score_of(judged).asks) == {"declined": 1}


def test_gate_below_the_threshold(judged, asked_head, cabinet_member):
    answered(judged, "endorsed", asked_head)
    rated(judged, cabinet_member, None, 3)
    assert score_of(judged).not_earned == ["“Working together” stands at 3.3; the preference needs 3.5."]


def test_one_sponsor_earns_no_preference(judged, asked_head, partner_head):
    answered(judged, "endorsed", asked_head)
    Sponsorship.objects.filter(unit__code="SSS").update(left_at=clock.now(), left_by=partner_head)
    assert score_of(judged).not_earned == ["It has one sponsor; the preference is for joint proposals."]


def test_an_unsigned_sponsor_earns_no_preference(judged, asked_head, lead_head):
    answered(judged, "endorsed", asked_head)
    judged.cost_lines.update(year1_cents=1)
    freeze_version(proposal=judged, kind="resubmission", by=lead_head)
    assert score_of(judged).not_earned == [
        "Teaching and learning has not signed on to the submitted version.",
        "Student support has not signed on to the submitted version.",
    ]


def test_advisory_ratings_stand_apart(judged, advisory):
    rated(judged, advisory, 1, 1, 1, is_advisory=True)
    score = score_of(judged)
    assert score.score == Decimal("75.7")
    assert [spread.mean for spread in score.advisory.values()] == [1, 1, 1]


@pytest.mark.parametrize("who", ["lead_head", "lead_contributor", "partner_head", "answerable"])
def test_conflicted_raters_are_left_out(judged, people, who):
    rated(judged, getattr(people, who), 1, 1, 1)
    assert score_of(judged).score == Decimal("75.7")


def test_a_post_or_a_delegation_makes_a_conflict_too(judged, units, hr_head, asked_head):
    today = clock.today()
    Post.objects.create(person=hr_head, unit=units["TL"], role="contributor", from_date=today)
    Delegation.objects.create(
        person=asked_head, unit=units["SSS"], act="answer_asks", from_date=today, until_date=today,
        delegated_by=hr_head, delegated_at=clock.now(),
    )  # fmt: skip
    assert score_of(judged).raters == 1


def test_the_superintendent_answers_for_all_and_may_rate(judged, units, superintendent):
    type(units["TL"]).objects.filter(code="TL").update(cabinet_member=superintendent)
    rated(judged, superintendent, 5, 5, 5)
    assert score_of(judged).raters == 4


def assigned(proposal, reviewer, **more):
    return Assignment.objects.create(
        proposal=proposal, reviewer=reviewer, assigned_at=clock.now(), assigned_by=reviewer, **more
    )


def test_an_old_rating_falls_while_a_new_one_is_awaited(judged, cfo, lead_head):
    assigned(judged, cfo)
    freeze_version(proposal=judged, kind="resubmission", by=lead_head)
    assert score_of(judged).raters == 3  # same substance: it goes on counting
    judged.cost_lines.update(year1_cents=1)
    freeze_version(proposal=judged, kind="resubmission", by=lead_head)
    assert score_of(judged).raters == 2  # the two who are not awaited still count
    rated(judged, cfo, 1, 1, 1)
    assert score_of(judged).spreads[judged.season.rubric.criteria.first().pk].lowest == 1
    assert score_of(judged).raters == 3


def test_a_recused_reviewer_does_not_count(judged, cfo):
    assigned(judged, cfo, recused_at=clock.now(), recused_by=cfo, recusal_reason="My sister.")
    assert score_of(judged).raters == 2


def test_imported_ratings_and_sign_ons_carry_to_the_last_imported_version(submitted, rubric, cfo):
    first = gate(submitted)
    last = ProposalVersion.objects.create(
        proposal=submitted, number=first.number + 1, kind="resubmission", content=first.content,
        substance="other", frozen_at=clock.now(), is_imported=True,
    )  # fmt: skip
    assigned(submitted, cfo)
    rated(submitted, cfo, 4, 4, 4, version=first, is_imported=True)
    assert score_of(submitted).raters == 1
    assert last == gate(submitted)


def test_same_queries_for_any_number(judged, django_assert_num_queries, season):
    for rows in (1, 3):
        with django_assert_num_queries(5):
            assert len(score_sheet(season)) == rows
        for code in ("P-02", "P-03")[: 3 - rows]:
            other = Proposal.objects.create(season=season, code=code, title="x", created_at=clock.now())
            Sponsorship.objects.create(proposal=other, unit=judged.lead, is_lead=True)
