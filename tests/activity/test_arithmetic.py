"""Numbers to places on a drawing."""

from datetime import date
from decimal import Decimal

import pytest

from activity.arithmetic import Frame, heat_of, share_of, target_drawing

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(1, 2, "50.0"), (1, 3, "33.3"), (0, 5, "0.0"), (7, 5, "100.0"), (-1, 5, "0.0"), (3, 0, "0")],
)
def test_share(part, whole, share):
    assert share_of(part, whole) == Decimal(share)


@pytest.mark.parametrize(
    ("value", "limit", "heat"),
    [(0, 90, 0), (1, 90, 1), (29, 90, 1), (30, 90, 2), (60, 90, 3), (90, 90, 3), (91, 90, 4), (5, 0, 4)],
)
def test_heat(value, limit, heat):
    assert heat_of(value, limit) == heat


class TestFrame:
    frame = Frame.around(
        [date(2026, 1, 1), date(2026, 1, 11)], [Decimal(10), Decimal(20)], width=120, height=80, margin=10
    )

    def test_the_first_day_is_left_and_the_last_right(self):
        assert (self.frame.x(date(2026, 1, 1)), self.frame.x(date(2026, 1, 11))) == (10, 110)

    def test_more_is_higher_and_all_values_have_air(self):
        assert 10 < self.frame.y(Decimal(20)) < self.frame.y(Decimal(10)) < 70

    def test_a_day_outside_lies_on_the_edge(self):
        assert self.frame.x(date(2030, 1, 1)) == 110

    def test_one_value_on_one_day_still_has_a_place(self):
        frame = Frame.around([date(2026, 1, 1)], [Decimal(0)], width=120, height=80, margin=10)
        place = frame.place(date(2026, 1, 1), Decimal(0))
        assert (place.x, place.y) == (Decimal("10.0"), Decimal("40.0"))


class TestTargetDrawing:
    plan = [(date(2026, 6, 30), Decimal(45)), (date(2027, 6, 30), Decimal(40))]

    def test_the_way_begins_at_the_baseline_a_year_before_the_first_milestone(self):
        drawing = target_drawing(Decimal(50), self.plan, [])
        assert [place.value for place in drawing.plan] == [50, 45, 40]
        assert drawing.plan[0].x < drawing.plan[1].x < drawing.target.x
        assert drawing.plan[0].y < drawing.target.y, "less is lower on the drawing"
        assert (drawing.first, drawing.last) == (date(2025, 6, 30), date(2027, 6, 30))

    def test_the_way_begins_where_the_baseline_was_counted(self):
        counted = [(date(2024, 6, 30), Decimal(52)), (date(2025, 6, 30), Decimal(50))]
        drawing = target_drawing(Decimal(50), self.plan, counted)
        assert (drawing.seen[1].x, drawing.falls) == (drawing.baseline.x, True)
        assert target_drawing(Decimal(51), self.plan, counted).baseline.x == drawing.seen[0].x

    def test_the_dip_lies_between_its_days(self):
        drawing = target_drawing(Decimal(50), self.plan, [], (date(2026, 1, 1), date(2026, 6, 30)))
        assert drawing.dip_width > 0
        assert drawing.dip_left + drawing.dip_width == drawing.plan[1].x
