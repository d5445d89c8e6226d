"""The overview of all scores: kept while nothing happens, read anew after every act, 250 rows a page."""

import pytest

from activity import clock
from reviews import overview
from reviews.actions import assignments
from reviews.actions.ratings import rate
from reviews.models import Rating

ADDRESS = "/vetting/overview/"


@pytest.fixture
def rated(submitted, rubric, steward, cabinet_member, at_stage):
    at_stage("vetting")
    assignments.assign_reviewers(season=submitted.season, by=steward)
    rate_all(submitted, cabinet_member, 4)
    return submitted


def rate_all(proposal, reviewer, value: int) -> None:
    version = proposal.versions.last()
    for criterion in proposal.season.rubric.criteria.all():
        Rating.objects.create(
            version=version, criterion=criterion, reviewer=reviewer, value=value, rated_at=clock.now()
        )


def test_the_next_act_is_seen_at_once(rated, cfo, steward, signed_in):
    client = signed_in(steward)
    assert "80.0" in client.get(ADDRESS).content.decode()
    ratings = {c.pk: (2, "") for c in rated.season.rubric.criteria.all()}
    rate(proposal=rated, ratings=ratings, by=cfo)
    shown = client.get(ADDRESS).content.decode()
    assert "60.0" in shown
    assert "80.0" not in shown


def test_it_is_not_computed_again_while_nothing_happens(rated, steward, cfo, signed_in, monkeypatch):
    client = signed_in(steward)
    first = client.get(ADDRESS).content
    monkeypatch.setattr(overview, "score_sheet", None)
    assert client.get(f"{ADDRESS}?sort=-score").status_code == 200
    assert client.get(ADDRESS).content.count(b"80.0") == first.count(b"80.0") > 0
    assert b"80.0" not in signed_in(cfo).get(ADDRESS).content, "the CFO owes a rating"


def test_the_first_reading_keeps_the_budget(rated, steward, signed_in, django_assert_max_num_queries):
    client = signed_in(steward)
    with django_assert_max_num_queries(10):
        client.get(ADDRESS)
