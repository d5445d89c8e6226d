"""Fixtures of these tests."""

import pytest

from reviews.actions import assignments


@pytest.fixture
def review(submitted, rubric, steward, at_stage):
    at_stage("vetting")
    assignments.assign_reviewers(season=submitted.season, by=steward)
    return submitted


@pytest.fixture
def vetting(submitted, rubric, at_stage):
    at_stage("vetting")
    return submitted
