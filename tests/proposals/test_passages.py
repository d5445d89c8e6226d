"""Passages found again, and names behind an @."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.arithmetic.passages import changes, find, named_in, replaced

pytestmark = pytest.mark.once

TEXT = "We coach weekly.\n\n- We coach weekly, too.\n- We also rest.\n\nThey coach weekly."


def cut(quote, **around):
    passage = find(TEXT, quote, **around)
    return None if passage is None else (passage.start, TEXT[passage.start : passage.end])


def test_the_place_whose_surroundings_fit_best():
    assert cut("coach weekly") == (3, "coach weekly")
    assert cut("coach weekly", before="- We ") == (23, "coach weekly")
    assert cut("coach weekly", before="rest.\nThey ", after=".") == (TEXT.rindex("coach"), "coach weekly")


def test_lines_and_bullets_between_words_do_not_matter():
    assert cut("weekly. We coach") == (9, "weekly.\n\n- We coach")
    assert cut("too. We also") == (TEXT.index("too."), "too.\n- We also")


@pytest.mark.parametrize("quote", ["", "  ", "We sleep", "coach week ly"])
def test_what_is_not_there(quote):
    assert cut(quote) is None


def test_signs_of_patterns_are_plain_words():
    assert find("a (b) [c] .* d", "(b) [c] .*").start == 2


BETWEEN = r"\s+(?:(?:[-•*]|\d{1,3}[.)])\s+)?"
few_words = st.lists(st.sampled_from(["a", "b", "ab", "-", "*", "1.", "12)", "a-", "1234."]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(
    few_words,
    st.lists(st.sampled_from([" ", "\n", "\n\n", " \u2003"]), min_size=13),
    few_words,
    st.booleans(),
)
def test_it_finds_what_a_pattern_would_find(words, blanks, others, cut):
    """As words, breaks and signs of lists tell it, in the clearest way, which takes ages on long texts."""
    text = "".join(word + blank for word, blank in zip(words, blanks, strict=False))
    quote = words[len(words) // 3 :][:5] if cut else others[:5]
    pattern = re.compile(BETWEEN.join(re.escape(word) for word in quote))
    told = pattern.search(text) if quote else None
    passage = find(text, " ".join(quote))
    assert (passage and (passage.start, passage.end)) == (told and told.span())


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("- " * 30_000 + "end", "- " * 999 + "x", False),
        ("- " * 30_000 + "end", "- " * 999 + "end", True),
        ("1. " * 20_000, "1. " * 600 + "2.", False),
        ("a " * 30_000, "a " * 999 + "b", False),
        ("- a " * 15_000, "a " * 999 + "- b", False),
        ("a" * 60_000, "a", True),
        ("a" * 60_000 + " b", "a" * 1_000 + " c", False),
        ("ab " * 20_000, "b a", True),
    ],
)
def test_no_text_makes_the_search_long(text, quote, stands):
    assert (find(text, quote) is not None) is stands


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("A one.\n\nB two.", "A one.\nB two.", []),
        ("A\n\nB\n\nC", "A\n\nB2\n\nC", [("B", "B2")]),
        ("A\n\nB\n\nC", "A2\n\nB2\n\nC", [("A", "A2"), ("B", "B2")]),
        ("A\n\nB\n\nC", "X\n\nC", [("A\n\nB", "X")]),
        ("A\n\nB", "A\n\nN\n\nB", [("A", "A\n\nN")]),
        ("A\n\nB", "N\n\nA\n\nB", [("A", "N\n\nA")]),
        ("A\n\nB\n\nC", "A\n\nC", [("A\n\nB", "A")]),
        ("A\n\nB", "B", [("A\n\nB", "B")]),
        ("", "N", [("", "N")]),
        ("A", "", [("A", "")]),
    ],
)
def test_changes(text, other, found):
    assert [(c.quote, c.wording) for c in changes(text, other)] == found
    for change in changes(text, other):
        text = replaced(text, find(text, change.quote, change.before, change.after), change.wording)
    assert text.split() == other.split()


def test_replaced_and_added():
    assert replaced("One two three", find("One two three", "two"), " 2 ") == "One 2 three"
    assert replaced("One\n", None, "two ") == "One\n\ntwo"
    assert replaced("", None, "two") == "two"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("@Lena Lead, look", "Lena Lead, look"),
        ("(see @Zoë Ångström)", "Zoë Ångström)"),
        ("a@b.example", None),
        ("@ noon", None),
        ("@7", None),
    ],
)
def test_names(text, first):
    found = named_in(text)
    assert (found[0][0] if found else None) == first


def test_shorter_and_bare_names_are_tried_too():
    assert {"Lena Lead", "Lena"} <= set(named_in("@Lena Lead, @Arno Asked.")[0])
    assert "Arno Asked" in named_in("@Lena Lead, @Arno Asked.")[1]
