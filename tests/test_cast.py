"""The cast itself: its states are what their names say."""

from activity import clock


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
