"""What an investment is watched by stays, and small groups stay unnamed."""

from datetime import date

import pytest

from activity.refused import Refused
from goals.actions import remove_measure
from goals.models import Measure, Observation
from investments.models import InvestmentMeasure
from people.models import District


def test_a_measure_that_an_investment_watches_is_not_removed(investment, superintendent):
    measure = Measure.objects.filter(goal__isnull=False, observations=None).first()
    InvestmentMeasure.objects.get_or_create(investment=investment, measure=measure)
    with pytest.raises(Refused, match="An investment is watched by this measure"):
        remove_measure(measure=measure, by=superintendent, reason="Not used.")
    assert Measure.objects.filter(pk=measure.pk).exists()


@pytest.mark.parametrize(
    ("unit", "value", "hidden"),
    [("students", 7, True), ("students", 10, False), ("students", 0, False), ("%", 7, False),
     ("days per student", 7, False)],
)  # fmt: skip
def test_a_count_of_a_small_group_is_not_shown(investment, auditor, signed_in, unit, value, hidden):
    District.objects.update(suppression_size=10)
    measure = Measure.objects.filter(goal__isnull=False).first()
    Measure.objects.filter(pk=measure.pk).update(unit_of_values=unit)
    InvestmentMeasure.objects.get_or_create(investment=investment, measure=measure)
    day = date(2026, 1, 5)
    Observation.objects.create(measure=measure, on=day, value=99)
    Observation.objects.create(measure=measure, on=day, value=value, group="EL", note="Seven were away")
    page = signed_in(auditor).get(f"/investments/{investment.pk}/").content.decode()
    assert ("suppressed (fewer than 10)" in page, "Seven were away" in page) == (hidden, not hidden)
