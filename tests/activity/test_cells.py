"""Cells of a workbook: what is certain is normalised, everything else is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from activity import cells
from funds.imports import dollars, ranges

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (cells.day, "2026-03-20", date(2026, 3, 20)),
        (cells.day, "3/20/2026", date(2026, 3, 20)),
        (cells.day, "20.3.2026", date(2026, 3, 20)),
        (cells.day, "4/4/2026", date(2026, 4, 4)),
        (cells.day, " 20 March 2026", date(2026, 3, 20)),
        (cells.day, "Mar 20, 2026", date(2026, 3, 20)),
        (cells.day, datetime(2026, 3, 20, 9), date(2026, 3, 20)),  # noqa: DTZ001
        (cells.month, "2026-10", date(2026, 10, 1)),
        (cells.yes_no, "YES", True),
        (cells.yes_no, False, False),
        (cells.yes_no, "n", False),
        (cells.yes_no, 1.0, True),
        (cells.code(), 1000.0, "1000"),
        (cells.code(), " 0101\u00a0", "0101"),
        (cells.number(2), 0.1 + 0.2, Decimal("0.30")),
        (cells.number(3), "1,234.5", Decimal("1234.500")),
        (cells.number(1), 41.2, Decimal("41.2")),
        (cells.whole(), 5.0, 5),
        (cells.several(cells.code()), "SPED; OSL;", ("SPED", "OSL")),
        (cells.several(cells.whole()), 3, (3,)),
        (cells.long_text, "a_x000D_\nb ", "a\nb"),
        (dollars, "$1,234.50", 123_450),
        (dollars, 1234.5, 123_450),
        (dollars, 0, 0),
        (dollars, 19.99, 1999),
        (ranges, "1000;2110-2120", "1000; 2110-2120"),
    ],
)
def test_certain_meanings(reader, value, expected):
    assert reader(value) == expected


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (cells.day, "4/5/2026"),
        (cells.day, "2026-13-01"),
        (cells.day, 46101),
        (cells.day, "0206-01-01"),
        (cells.day, True),
        (cells.month, date(2026, 10, 2)),
        (cells.yes_no, "perhaps"),
        (cells.yes_no, 2),
        (cells.code(), 10.5),
        (cells.code(), True),
        (cells.code(3), "ABCD"),
        (cells.number(2), "41.2%"),
        (cells.number(2), float("nan")),
        (cells.number(2), float("inf")),
        (cells.number(2), "１２"),
        (cells.number(2), "1e5"),
        (cells.number(1), 0.25),
        (cells.whole(), 1.5),
        (cells.whole(), -1),
        (cells.several(cells.code()), "A; A"),
        (cells.long_text, "a_x0000_b"),
        (cells.long_text, "a\ud800"),
        (cells.text(), "x" * 201),
        (dollars, 10.005),
        (dollars, "-5"),
        (dollars, float("nan")),
        (dollars, 10**13),
        (dollars, "1.234,50"),
        (ranges, "a b"),
    ],
)
def test_uncertain_meanings_are_refused(reader, value):
    with pytest.raises(ValueError, match=r"\w"):
        reader(value)
