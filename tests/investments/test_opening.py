"""Funded decisions become investments with their commitments, once."""

from datetime import date

import pytest
from django.core.management import call_command

from activity.models import Entry
from activity.refused import Refused
from goals.models import Measure, Stage
from investments.actions.opening import open_investments
from investments.models import Commitment, Investment
from reviews.models import Condition

pytestmark = pytest.mark.django_db


def test_what_an_investment_begins_with(investment, vetted, units, goal, lead_head):
    investment.refresh_from_db()
    assert investment.code == "I-27-01"
    assert (investment.owner, investment.owner_person) == (units["TL"], lead_head)
    assert list(investment.partners.all()) == [units["SSS"]]
    assert (investment.goal, investment.state) == (goal, "not_started")
    assert (investment.cost_cents, investment.cost_year) == (21_290_800, "FY27")
    assert (investment.starts_on, investment.ends_on) == (date(2026, 7, 1), date(2029, 6, 30))
    assert investment.next_review_on == date(2027, 7, 1)
    assert investment.fund.code == "GF"
    assert Entry.objects.about(investment).get().verb == "begin investment"


def test_commitments_come_from_supporting_answers(investment, asked_head, units):
    duty = Commitment.objects.get()
    assert (duty.owner, duty.owner_person, duty.code) == (units["TRN"], asked_head, "C-01")
    assert (duty.what, duty.due_on) == ("A later bus for two schools", date(2026, 8, 1))
    assert (duty.condition, duty.condition_accepted, duty.status) == (
        "From October only",
        True,
        "not_started",
    )


def test_a_refused_condition_is_no_endorsement(answered, released, vetted, cfo):
    Condition.objects.update(
        accepted_at=None, accepted_by=None, refused_at=answered.answered_at, refused_by=cfo
    )
    open_investments(slate=released, by=cfo)
    assert not Commitment.objects.exists()


def test_an_unsettled_condition_is_named_in_the_commitment(answered, released, cfo, signed_in):
    Condition.objects.update(accepted_at=None, accepted_by=None)
    made = open_investments(slate=released, by=cfo)[0]
    duty = made.commitments.get()
    assert duty.condition.startswith("Condition not settled: ") and duty.condition_accepted is False
    assert "Condition not settled: " in signed_in(cfo).get(f"/investments/{made.pk}/").content.decode()


def test_silence_makes_no_commitment(released, cfo):
    open_investments(slate=released, by=cfo)
    assert Investment.objects.count() == 1
    assert not Commitment.objects.exists()


def test_running_it_again_makes_nothing(investment, released, cfo, capsys):
    assert open_investments(slate=released, by=cfo) == []
    call_command("open_investments")
    assert "0 investments were missing" in capsys.readouterr().out
    assert (Investment.objects.count(), Commitment.objects.count()) == (1, 1)


def test_the_command_makes_what_is_missing(answered, released, capsys):
    call_command("open_investments")
    assert "1 investments were missing" in capsys.readouterr().out
    assert Investment.objects.get().commitments.count() == 1


def test_the_first_review_by_name(released, season, cfo):
    Stage.objects.create(
        season=season,
        order=90,
        kind="closed",
        name="Review, October",
        opens=date(2026, 10, 1),
        closes=date(2026, 10, 30),
    )
    assert open_investments(slate=released, by=cfo)[0].next_review_on == date(2026, 10, 1)


def test_practical_measures_of_the_goal_watch_it(released, cfo):
    Measure.objects.filter(code="M2").update(is_practical=True)
    made = open_investments(slate=released, by=cfo)[0]
    assert [row.measure.code for row in made.measures.all()] == ["M2"]


def test_codes_go_on_after_the_highest(released, season, units, cfo):
    Investment.objects.create(
        season=season, code="I-27-07", title="Old", owner=units["TL"], cost_cents=1, cost_year="FY27",
        starts_on=date(2025, 7, 1), ends_on=date(2026, 6, 30),
    )  # fmt: skip
    assert open_investments(slate=released, by=cfo)[0].code == "I-27-08"


def test_it_is_refused_before_the_release_and_for_others(released, lead_head, cfo):
    with pytest.raises(Refused, match="begin investments"):
        open_investments(slate=released, by=lead_head)
    type(released).objects.filter(pk=released.pk).update(
        status="approved", released_at=None, released_by=None
    )
    with pytest.raises(Refused, match="not released yet"):
        open_investments(slate=released, by=cfo)


def test_the_same_number_of_queries_for_any_number(answered, released, cfo, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        open_investments(slate=released, by=cfo)
