"""Targets as people publish them, and the first calendar."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from goals.arithmetic import is_improvement, target_of, usual_stages


@pytest.mark.parametrize(
    ("kind", "baseline", "stated", "target"),
    [
        ("percent", "3168", "-5", "3010"),
        ("percent", "18420", "-5", "17499"),
        ("percent", "8.6", "-5", "8.2"),
        ("percent", "3168.000", "-5.000", "3010"),
        ("point", "41.2", "-3", "38.2"),
        ("point", "16.4", "5", "21.4"),
        ("absolute", "78.5", "85", "85"),
        ("percent", "0", "10", "0"),
    ],
)
def test_targets(kind, baseline, stated, target):
    assert target_of(kind, Decimal(baseline), Decimal(stated)) == Decimal(target)


@pytest.mark.parametrize(
    ("direction", "target", "better"),
    [("lower", "9", True), ("lower", "10", False), ("higher", "11", True), ("higher", "10", False)],
)
def test_a_target_lies_on_the_better_side(direction, target, better):
    assert is_improvement(direction, Decimal(10), Decimal(target)) is better


@pytest.mark.parametrize("starts", [date(2026, 7, 1), date(2027, 7, 1), date(2026, 9, 1), date(2028, 1, 1)])
def test_the_usual_calendar_is_in_order_and_without_gaps_in_kinds(starts):
    stages = usual_stages(starts)
    assert all(stage.opens.weekday() == 0 and stage.closes.weekday() == 4 for stage in stages)
    assert all(earlier.closes < later.opens for earlier, later in pairwise(stages))
    assert stages[-1].closes < starts


def test_the_usual_calendar_of_a_july_district():
    by_kind = {stage.kind: stage for stage in usual_stages(date(2026, 7, 1))}
    assert by_kind["drafting"].opens == date(2025, 11, 24)
    assert by_kind["consultation"].closes == date(2026, 1, 9)
