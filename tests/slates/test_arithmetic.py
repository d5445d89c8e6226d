"""Parts and fingerprints, by example and by property."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slates.arithmetic import (
    fingerprint_of,
    in_short_words,
    kept_years,
    parts_of_lines,
    share_of,
)

pytestmark = pytest.mark.once

cents = st.integers(0, 10**12)
dollars = st.integers(0, 10**9).map(lambda n: n * 100)


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.tuples(dollars, dollars, dollars)), max_size=8), st.data()
)
def test_parts_add_up_within_fund_and_year(lines, data):
    whole = data.draw(st.integers(2, 500))
    part = data.draw(st.integers(1, whole - 1))
    kept = parts_of_lines(lines, part, whole)
    for fund in "AB":
        for year in range(3):
            asked = sum(years[year] for f, years in lines if f == fund)
            total = sum(k[year] for (f, _), k in zip(lines, kept, strict=True) if f == fund)
            assert total == share_of(asked, Decimal(part), Decimal(whole))
    for (_, asked), got in zip(lines, kept, strict=True):
        assert all(0 <= g <= a for g, a in zip(got, asked, strict=True))


@given(st.tuples(cents, cents, cents), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_part_is_never_more_than_requested(asked, part, whole):
    part = min(part, whole)
    assert all(
        0 <= k <= a for k, a in zip(kept_years(asked, Decimal(part), Decimal(whole)), asked, strict=True)
    )


@given(st.tuples(cents, cents, cents), st.integers(1, 10**6))
def test_the_whole_is_the_request(asked, whole):
    assert kept_years(asked, Decimal(whole), Decimal(whole)) == asked


def test_shares_are_rounded_half_up_to_the_dollar():
    assert share_of(284_755_00, Decimal(3), Decimal(6)) == 142_378_00


def test_fingerprints_do_not_depend_on_order_of_keys():
    assert fingerprint_of({"a": 1, "b": [2]}) == fingerprint_of({"b": [2], "a": 1})
    assert fingerprint_of({"a": "1"}) != fingerprint_of({"a": 1})


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_short_words_can_be_read_aloud(fingerprint):
    words = in_short_words(fingerprint).split("-")
    assert [len(word) for word in words] == [5, 5, 5]
    assert in_short_words("") == ""
