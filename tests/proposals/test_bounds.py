"""Numbers that no column keeps are told on the page and never break it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from proposals.models import Ask, Proposal

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999999"


def details(proposal, **changed) -> dict:
    goals = [goal.pk for goal in proposal.goals.all()]
    return {"title": "T", "goals": goals, "evidence_tier": "4", "cycle_years": "3", **changed}


@pytest.mark.parametrize(
    ("column", "number", "sentence"),
    [
        ("cycle_years", "9000", "Write 30 or less."),
        ("cycle_years", "0", "Write 1 or more."),
        ("cycle_years", HUGE, "Write 30 or less."),
        ("meeting_minutes", "3001", "Write 3,000 or less."),
        ("students_served", HUGE, "Write 10,000,000 or less."),
        ("students_served", "-1", "Write 0 or more."),
    ],
)
def test_details(joint_draft, lead_contributor, signed_in, column, number, sentence):
    address = f"/proposals/{joint_draft.pk}/details/"
    page = signed_in(lead_contributor).post(address, details(joint_draft, **{column: number}))
    assert page.status_code == 200 and page.content.decode().count(sentence) == 1
    assert getattr(Proposal.objects.get(), column) is None


@pytest.mark.parametrize(
    ("column", "number", "sentence"),
    [
        ("posts_to_fill", "-50", "Write 0 or more."),
        ("posts_to_fill", "NaN", " number"),
        ("effort_hours", HUGE, "Write 1,000,000 or less."),
        ("effort_hours", "-1", "Write 0 or more."),
    ],
)
def test_asks(joint_draft, units, lead_contributor, signed_in, column, number, sentence):
    typed = {"asked_unit": units["HRT"].pk, "what": "x", "effort_per": "year", column: number}
    page = signed_in(lead_contributor).post(f"/proposals/{joint_draft.pk}/asks/", typed)
    assert page.status_code == 200 and sentence in page.content.decode()
    assert Ask.objects.count() == 1


def test_posts_of_a_cost_line(joint_draft, lead_contributor, signed_in):
    address = f"/proposals/{joint_draft.pk}/costs/"
    assert signed_in(lead_contributor).post(address, {"fte": HUGE, "year1_cents": HUGE}).status_code == 200
    assert joint_draft.cost_lines.count() == 1


def test_hours_of_schools(joint_draft, units, lead_contributor, signed_in):
    typed = {"activity": "meeting", "hours": HUGE, "schools": [HUGE], "months": ["2026-09-01"]}
    address = f"/proposals/{joint_draft.pk}/schools/"
    assert signed_in(lead_contributor).post(address, typed).status_code == 200
    assert not joint_draft.demands.exists()


@pytest.mark.parametrize("cycle", [0, 31, 9000])
def test_the_database_keeps_the_cycle_too(draft, cycle):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(cycle_years=cycle)


def test_the_database_keeps_the_posts_too(joint_draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.update(posts_to_fill=Decimal(-1))


@pytest.mark.parametrize("number", [HUGE, "9" * 5000, "-1", "²", "x"])
@pytest.mark.parametrize(
    "address",
    [
        "/proposals/?goal=", "/proposals/?page=", "/proposals/new/?intent=", "/proposals/?status=",
        "/vetting/?page=", "/vetting/overview/?sort=c", "/vetting/overview/?page=", "/decisions/?page=",
        "/investments/?page=", "/asks/?page=", "/people/?page=",
    ],
)  # fmt: skip
def test_filters(draft, rubric, superintendent, signed_in, address, number):
    assert signed_in(superintendent).get(address + number).status_code in (200, 404)


def test_a_filter_by_no_goal_finds_nothing(submitted, stranger, signed_in):
    assert "P-01" not in signed_in(stranger).get(f"/proposals/?goal={HUGE}").content.decode()


@pytest.mark.parametrize("key", [HUGE, "9" * 4000])
def test_addresses_of_nothing(draft, lead_head, signed_in, key):
    assert signed_in(lead_head).get(f"/proposals/{key}/").status_code == 404
