"""Money in and out, rounding, position costs and shares."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.arithmetic import (
    MOST_CENTS,
    PositionCost,
    Rates,
    code_is_within,
    format_dollars,
    grown,
    half_up,
    parse_dollars,
    position_cost,
    shared_out,
)

LARKMOOR = Rates(Decimal("0.03"), Decimal("0.06"), Decimal("0.025"), Decimal("0.2265"))


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234", 123400),
        ("1,234.50", 123450),
        ("$1,234.5", 123450),
        (" $ 12 ", 1200),
        ("(1,200)", -120000),
        ("-5", -500),
        ("−5", -500),
        (".50", 50),
        ("0", 0),
        ("12\u00a0", 1200),
        ("1\u202f234.50", 123450),
        ("12 345", 1234500),
        ("$-5", -500),
        ("1,200-", -120000),
        ("($1,200.00)", -120000),
        ("USD 12", 1200),
        ("\t$12.00\r\n", 1200),
        ("$ -   ", 0),
    ],
)
def test_reads_what_finance_people_paste(text, cents):
    assert parse_dollars(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1e5",
        "1_000",
        "٣",
        "1,23",
        "1.234",
        "$",
        "1.",
        ".",
        "1,2345",
        "0.005",
        "--5",
        "NaN",
        "(5",
        "5)",
        "(-5)",
        "-5-",
        "1,234 567",
        "1.234,50",
        "12 34",
        "5 6",
    ],
)
def test_refuses_what_has_no_certain_meaning(text):
    with pytest.raises(ValueError, match=r"amount|large"):
        parse_dollars(text)


def test_refuses_absurd_amounts():
    with pytest.raises(ValueError, match="too large"):
        parse_dollars(str(MOST_CENTS))


@given(st.integers(min_value=-MOST_CENTS, max_value=MOST_CENTS))
def test_what_is_shown_can_be_typed_back(cents):
    assert parse_dollars(format_dollars(cents)) == cents


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0"), (123400, "$1,234"), (123450, "$1,234.50"), (-5, "−$0.05"), (None, "–")],
)
def test_shows_cents_only_where_there_are_any(cents, text):
    assert format_dollars(cents) == text


@pytest.mark.parametrize(
    ("value", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("2.4999", 2)]
)
def test_rounds_halves_away_from_zero(value, whole):
    assert half_up(Decimal(value)) == whole


@pytest.mark.parametrize(("year", "dollars"), [(0, 433_174), (1, 447_537), (2, 462_413)])
def test_position_line_of_larkmoor_p01_line_1(year, dollars):
    """Four behavior specialists, as stated in the workbook."""
    cost = position_cost(7_900_000, 1_140_000, Decimal(4), LARKMOOR, year)
    assert cost.total == dollars * 100


def test_benefits_are_rounded_once_together():
    """0.4 + 0.4 dollars of benefits are 1 dollar, not 0: the parts are not rounded apart."""
    rates = Rates(variable_benefits=Decimal("0.4"))
    assert position_cost(100, 40, Decimal(1), rates, 0) == PositionCost(salary=100, benefits=100)


def test_recurring_amounts_grow_and_round_to_the_dollar():
    assert grown(10_000_00, Decimal("0.025"), 0) == 10_000_00
    assert grown(10_000_00, Decimal("0.025"), 1) == 10_250_00
    assert grown(10_000_00, Decimal("0.025"), 2) == 10_506_00


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_shares_add_up_to_the_whole(total, weights):
    parts = shared_out(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    assert (
        all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True))
        or not whole
    )


@pytest.mark.parametrize(
    ("code", "allowed", "within"),
    [
        ("1000", "", True),
        ("1000", "1000; 2110-2120", True),
        ("2115", "1000; 2110-2120", True),
        ("2121", "1000; 2110-2120", False),
        ("2120", "2110–2120", True),
        ("0101", "0100-0199", True),
        ("101", "0100-0199", False),
        ("110", "110-299; 300-399", True),
        ("550", "110-299; 300-399; 580; 600-650", False),
        ("8", "5-12", True),
        ("SAL-1", "SAL-1; OPS", True),
        ("B20", "A10-C30", True),
        ("1000", "; ;", True),
        ("1000", "-", False),
    ],
)
def test_codes_and_ranges(code, allowed, within):
    assert code_is_within(code, allowed) is within
