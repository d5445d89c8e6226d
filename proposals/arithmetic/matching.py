"""What two long sequences have in common, at a cost that no text can blow up."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

# Products of lengths up to which every place of one is held against every place of the other: where
# what stands everywhere counts, and where it does not (difflib's `autojunk`).
MOST_PAIRS, MOST_PAIRS_OF_RARE = 40_000, 1_000_000


class Matcher(SequenceMatcher[str]):
    """As difflib's, the work of which grows with the third power of a text that is made for it.

    Long sequences are cut where they begin and end alike and at what stands once in both, as most
    paragraphs and many words do; between two cuts they are compared if they are short enough by then.
    """

    a: Sequence[str]
    b: Sequence[str]
    autojunk: bool

    def get_matching_blocks(self) -> list[Match]:
        if len(self.a) * len(self.b) <= (MOST_PAIRS_OF_RARE if self.autojunk else MOST_PAIRS):
            return super().get_matching_blocks()
        found: list[Match] = []
        i = k = 0
        for cut in _cuts(self.a, self.b):
            found += [Match(i + m.a, k + m.b, m.size) for m in _between(self.a[i : cut.a], self.b[k : cut.b])]
            found.append(cut)
            i, k = cut.a + cut.size, cut.b + cut.size
        return found


def _between(a: Sequence[str], b: Sequence[str]) -> list[Match]:
    pairs = len(a) * len(b)
    if not 0 < pairs <= MOST_PAIRS_OF_RARE:
        return []
    return SequenceMatcher(None, a, b, autojunk=pairs > MOST_PAIRS).get_matching_blocks()[:-1]


def _cuts(a: Sequence[str], b: Sequence[str]) -> Iterator[Match]:
    """The last one has no size: it stands behind both, as difflib has it."""
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    yield Match(0, 0, head)
    once = _once_in_both(a[head : len(a) - tail], b[head : len(b) - tail])
    yield from (Match(head + i, head + k, 1) for i, k in _rising(once))
    yield Match(len(a) - tail, len(b) - tail, tail)
    yield Match(len(a), len(b), 0)


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How far two sequences begin alike."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))


def _once_in_both(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    here, there = Counter(a), Counter(b)
    place = {word: k for k, word in enumerate(b) if there[word] == 1}
    return [(i, place[word]) for i, word in enumerate(a) if here[word] == 1 and word in place]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs that follow each other in both sequences."""
    ends: list[int] = []  # the lowest end of a row of each length
    rows: list[int] = []  # and which pair that is
    before: list[int] = []  # the pair in front of each
    for n, (_, k) in enumerate(pairs):
        length = bisect_left(ends, k)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1], rows[length : length + 1] = [k], [n]
    n, found = (rows[-1] if rows else -1), []
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
