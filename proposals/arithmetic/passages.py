"""Passages of a text: found again by their words and what stands around them; people named in one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .matching import Matcher

AROUND = 60  # letters kept in front of a passage and behind it


class Passage(NamedTuple):
    """Where the words stand in a text, and what stands around them."""

    start: int
    end: int
    before: str
    after: str


# Between two words of a quote the text may break lines, or begin a list's next item.
_SIGN = re.compile(r"[-•*]|\d{1,3}[.)]")
_WORD = re.compile(r"\S+")


def find(text: str, quote: str, before: str = "", after: str = "") -> Passage | None:
    """The passage that `quote` stands for, the one whose surroundings fit best; None if it is gone."""
    words = quote.split()
    around = _tight(before)[::-1], _tight(after)
    found = (_passage(text, start, end) for start, end in (_places(text, words) if words else ()))
    return max(found, key=lambda p: _alike(p, *around), default=None)


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(start, end, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def _places(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand one behind the other, each place behind the one before it.

    A set of places is one whole number with a bit for each word of the text. So a step from word to
    word costs a few operations for all places together, and no text or quote can make it cost more.
    """
    if len(words) == 1:
        yield from _places_of_one(text, words[0])
        return
    spans = [match.span() for match in _WORD.finditer(text)]
    stand = _standing([text[start:end] for start, end in spans], words)
    signs = _bits([n for n, (start, end) in enumerate(spans) if _SIGN.fullmatch(text, start, end)])
    goes_on = [stand[-1]]  # from the last word to the first: where it stands with all the later ones
    for here in stand[-2::-1]:
        behind = goes_on[-1] >> 1
        goes_on.append(here & (behind | (signs & behind) >> 1))
    goes_on.reverse()
    free = 0
    for n in _numbers(goes_on[0]):
        start = spans[n][1] - len(words[0])
        if start >= free:
            for behind in goes_on[1:]:
                over_sign = (signs >> n + 1) & (behind >> n + 2) & 1
                n += 1 + over_sign
            free = spans[n][0] + len(words[-1])
            yield start, free


def _places_of_one(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _standing(said: list[str], words: list[str]) -> list[int]:
    """For each word of a quote, where it may stand: the first may end a word, the last begin one."""
    places: dict[str, list[int]] = {word: [] for word in words}
    for n, word in enumerate(said):
        if word in places:
            places[word].append(n)
    whole = {word: _bits(found) for word, found in places.items()}
    first = _bits([n for n, word in enumerate(said) if word.endswith(words[0])])
    last = _bits([n for n, word in enumerate(said) if word.startswith(words[-1])])
    return [first, *(whole[word] for word in words[1:-1]), last]


def _bits(places: list[int]) -> int:
    """A whole number with these bits set, in time that grows with the last of them."""
    found = bytearray(places[-1] // 8 + 1 if places else 0)
    for n in places:
        found[n // 8] |= 1 << n % 8
    return int.from_bytes(found, "little")


def _numbers(bits: int) -> Iterator[int]:
    """The bits that are set, the lowest first."""
    return (n for n, bit in enumerate(reversed(f"{bits:b}")) if bit == "1")


def _alike(passage: Passage, before: str, after: str) -> int:
    """Letters in a row that agree, outward from the passage; a text's first place wins a draw."""
    return _agreeing(_tight(passage.before)[::-1], before) + _agreeing(_tight(passage.after), after)


def _tight(text: str) -> str:
    return "".join(text.split())


def _agreeing(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def replaced(text: str, passage: Passage | None, wording: str) -> str:
    """The text with other words in the place of a passage; added at the end where there is none."""
    if passage is None:
        return f"{text.rstrip()}\n\n{wording.strip()}".strip()
    return text[: passage.start] + wording.strip() + text[passage.end :]


class Change(NamedTuple):
    """A passage, the wording that another text has in its place, and what stands around it."""

    quote: str
    wording: str
    before: str
    after: str


_LINE = re.compile(r"\S[^\n]*")
_Spans = list[tuple[int, int]]


def changes(text: str, other: str) -> list[Change]:
    """The paragraphs in which another text differs, each with its wording; in their order.

    What was only added or only removed takes a neighbour along: a suggestion needs words to stand
    on, and words to put there.
    """
    a, b = _lines(text), _lines(other)
    matcher = Matcher(None, _words(text, a), _words(other, b), autojunk=False)
    places = (
        place
        for kind, i, j, k, m in matcher.get_opcodes()
        if kind != "equal"
        for place in _pairs(*_with_neighbour(i, j, k, m, len(a), len(b)))
    )
    return [_change(text, a[i:j], _cut(other, b[k:m])) for i, j, k, m in places]


def _change(text: str, lines: _Spans, wording: str) -> Change:
    if not lines:
        return Change("", wording, "", "")
    start, end = lines[0][0], lines[-1][1]
    return Change(text[start:end], wording, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def _lines(text: str) -> _Spans:
    return [(line.start(), line.start() + len(line[0].rstrip())) for line in _LINE.finditer(text)]


def _words(text: str, lines: _Spans) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in lines]


def _with_neighbour(i: int, j: int, k: int, m: int, n: int, o: int) -> tuple[int, int, int, int]:
    if i < j and k < m:
        return i, j, k, m
    if i and k:
        return i - 1, j, k - 1, m
    return i, min(j + 1, n), k, min(m + 1, o)


def _pairs(i: int, j: int, k: int, m: int) -> Iterator[tuple[int, int, int, int]]:
    """Paragraph by paragraph where there are as many of them."""
    if j - i != m - k:
        yield i, j, k, m
        return
    for step in range(j - i):
        yield i + step, i + step + 1, k + step, k + step + 1


def _cut(text: str, lines: _Spans) -> str:
    return text[lines[0][0] : lines[-1][1]] if lines else ""


_NAMED = re.compile(r"(?:^|(?<=[\s(]))@(?=[^\W\d_])([^\n@]{1,200})")
_LONGEST_NAME = 5  # words


def named_in(text: str) -> list[list[str]]:
    """For each “@” in front of a word: what may be the name behind it, the longest first."""
    found = []
    for match in _NAMED.finditer(text):
        words = match[1].split()[:_LONGEST_NAME]
        prefixes = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
        found.append([bare for p in prefixes for bare in dict.fromkeys((p, p.rstrip(".,;:!?)’'\"")))])
    return found
