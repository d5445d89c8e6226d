"""The cast itself: its states are what their names say."""

import pytest

from activity import clock
from activity.models import Entry

from .scenes import standing

_seen: list[dict] = []


def test_states_of_the_cast(vetted, rubric, auditor, signed_in):
    assert vetted.status == "vetted"
    assert vetted.is_joint
    assert vetted.season.is_open("slate")
    assert clock.today().isoformat() == "2026-02-24"
    assert sum(c.weight for c in rubric.criteria.all()) == 100
    assert auditor.roles == {"auditor"}


def test_returned_for_revision(in_revision, at_stage):
    assert in_revision.status == "in_revision"
    at_stage("decision", day=-1)
    assert not in_revision.season.is_open("decision")


@pytest.mark.parametrize("time", ["played", "put back"])
def test_a_scene_is_put_back_as_it_was_played(time, vetted, people):
    """Whichever of the two comes first plays it."""
    _seen.append({table: sorted(rows, key=repr) for table, rows in standing().items()})
    assert _seen[-1] == _seen[0]
    assert vetted.contact == people.lead_head
    assert clock.today().isoformat() == "2026-02-24"
    assert clock.now() >= Entry.objects.latest("at").at
