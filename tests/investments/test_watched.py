"""What an investment is watched by stays."""

import pytest

from activity.refused import Refused
from goals.actions import remove_measure
from goals.models import Measure
from investments.models import InvestmentMeasure


def test_a_measure_that_an_investment_watches_is_not_removed(investment, superintendent):
    measure = Measure.objects.filter(goal__isnull=False, observations=None).first()
    InvestmentMeasure.objects.get_or_create(investment=investment, measure=measure)
    with pytest.raises(Refused, match="An investment is watched by this measure"):
        remove_measure(measure=measure, by=superintendent, reason="Not used.")
    assert Measure.objects.filter(pk=measure.pk).exists()
