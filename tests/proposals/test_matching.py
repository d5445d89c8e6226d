"""Long sequences against each other: nothing is lost, and no text makes it long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.arithmetic import matching
from proposals.arithmetic.matching import Matcher
from proposals.arithmetic.passages import changes
from proposals.arithmetic.words import paragraphs, words

pytestmark = pytest.mark.once

sequences = st.lists(st.sampled_from("abcdefgh"), max_size=14)


@settings(max_examples=300, deadline=None)
@given(sequences, sequences)
def test_cut_or_not_it_tells_how_one_becomes_the_other(a, b):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "MOST_PAIRS", 6)
        patch.setattr(matching, "MOST_PAIRS_OF_RARE", 9)
        told = Matcher(None, a, b).get_opcodes()
    made, i, k = [], 0, 0
    for kind, start, end, begin, stop in told:
        assert (start, begin) == (i, k) and (kind != "equal" or a[start:end] == b[begin:stop])
        made += a[start:end] if kind == "equal" else b[begin:stop]
        i, k = end, stop
    assert made == b and (i, k) == (len(a), len(b))


def test_one_word_changed_in_a_long_text_is_one_word():
    before = [f"word{n}" for n in range(5_000)]
    after = [*before[:2_500], "other", *before[2_501:]]
    runs = words(" ".join(before), " ".join(after))
    assert [(run.kind, run.text.strip()) for run in runs if run.kind != "same"] == [
        ("removed", "word2500"), ("added", "other"),
    ]  # fmt: skip


def test_the_same_word_ever_again_hides_no_end():
    runs = words("a " * 5_000 + "b " + "a " * 5_000, "a " * 5_000 + "c " + "a " * 5_000)
    assert [run.text.strip() for run in runs if run.kind != "same"] == ["b", "c"]


def _steps(step: int, kinds: int = 101, length: int = 30_000) -> list[str]:
    """The same words over and over, in another order for each step."""
    return [chr(0x4E00 + n * step % kinds) for n in range(length)]


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("told", "sep"),
    [(words, " "), (paragraphs, "\n"), (changes, "\n")],
    ids=["words", "paragraphs", "changes"],
)
@pytest.mark.parametrize(
    ("a", "b"),
    [
        (_steps(1), _steps(7)),
        (_steps(1, 11), _steps(7, 11)),
        (_steps(1, 2, 1_000), [chr(0x4E00 + n * n // 3 % 2) for n in range(1_000)]),
        (["a"] * 30_000, [*["a"] * 14_999, "b", *["a"] * 15_000]),
        ([f"w{n}" for n in range(30_000)], [f"w{n}" if n % 2 else f"x{n}" for n in range(30_000)]),
    ],
    ids=["steps", "few", "two", "same", "every other"],
)
def test_no_text_makes_a_comparison_long(told, sep, a, b):
    assert told(sep.join(a), sep.join(b))
