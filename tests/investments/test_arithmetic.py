"""Ends of cycles, also of absurd ones."""

from datetime import date

import pytest

from investments.arithmetic import last_day, years_after


@pytest.mark.parametrize(
    ("years", "ends"), [(1, date(2027, 6, 30)), (30, date(2056, 6, 30)), (9000, date(9999, 6, 30))]
)
def test_last_day(years, ends):
    assert last_day(date(2026, 7, 1), years) == ends


def test_leap_day():
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)
