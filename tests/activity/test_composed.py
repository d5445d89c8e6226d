"""A query that is put together once is read anew by each who asks."""

import pytest

from activity.composed import composed_once
from people.models import Unit

pytestmark = pytest.mark.django_db


def test_everybody_reads_anew_what_was_put_together_once(django_assert_num_queries):
    composed = []

    @composed_once
    def units(code):
        composed.append(code)
        return Unit.objects.filter(code__startswith=code)

    assert list(units("X")) == []
    Unit.objects.create(code="X1", name="Extra", kind="department")
    with django_assert_num_queries(2):
        assert [unit.code for unit in units("X")] == ["X1"]
        assert list(units("Y")) == []
    assert composed == ["X", "Y"]
