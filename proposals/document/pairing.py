"""Two lists of texts beside each other: what stayed or was changed, what came, what went.

What is paired is edited where it stands, so words of others that arrive later find their place.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from ..arithmetic.matching import Matcher

# Places in the old list and in the new one.
Pair = tuple[int, int]
Fits = Callable[[int, int], bool]

# Products of lengths above which texts are paired in their order, not by their words.
_MANY = 10_000
# Two texts without a word in common are rather one that was changed than one that went and one that came.
_ANY = 0.01
# What stayed as it was counts for more than any likeness.
_SAME = 1.5


def changes(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists differ, last first, so that the places before it keep their numbers."""
    codes = Matcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in reversed(codes) if tag != "equal"]


def became(old: list[str], new: list[str], fits: Fits = lambda i, j: True) -> dict[int, int]:
    """Which old text a new one was, by their places, in the order of both; what came is left out.

    `fits` says whether an old text can become a new one.
    """
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = zip(reversed(old[first:]), reversed(new[first:]), strict=False)
    last = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    found = {n: n for n in range(first)}
    some, others = range(first, len(old) - last), range(first, len(new) - last)
    if len(some) * len(others) > _MANY:
        found |= _in_parts(old, new, some, others, fits)
    else:
        found |= {j: i for i, j in _likest(old, new, some, others, fits)}
    return found | {len(new) - n: len(old) - n for n in range(last, 0, -1)}


def _in_parts(old: list[str], new: list[str], some: range, others: range, fits: Fits) -> dict[int, int]:
    """Of very many, first those that stayed."""
    found: dict[int, int] = {}
    a, b = old[some.start : some.stop], new[others.start : others.stop]
    for kind, i1, i2, j1, j2 in Matcher(None, a, b, autojunk=False).get_opcodes():
        here, there = some[i1:i2], others[j1:j2]
        if kind == "equal":
            found |= zip(there, here, strict=True)
        elif len(here) * len(there) > _MANY:
            found |= {j: i for i, j in zip(here, there, strict=False) if fits(i, j)}
        else:
            found |= {j: i for i, j in _likest(old, new, here, there, fits)}
    return found


def _likest(old: list[str], new: list[str], some: range, others: range, fits: Fits) -> Iterator[Pair]:
    """The pairs that have the most words in common, all of them together."""
    words = [{n: frozenset(re.findall(r"\w+", texts[n])) for n in places}
             for texts, places in ((old, some), (new, others))]  # fmt: skip
    gain = {
        (i, j): _SAME if old[i] == new[j] else _likeness(words[0][i], words[1][j])
        for i in some for j in others if fits(i, j)
    }  # fmt: skip
    best: dict[Pair, float] = {}
    for i in reversed(some):
        for j in reversed(others):
            both = gain[i, j] + best.get((i + 1, j + 1), 0) if (i, j) in gain else 0
            best[i, j] = max(both, best.get((i + 1, j), 0), best.get((i, j + 1), 0))
    i, j = some.start, others.start
    while i < some.stop and j < others.stop:
        if (i, j) in gain and best[i, j] == gain[i, j] + best.get((i + 1, j + 1), 0):
            yield i, j
            i, j = i + 1, j + 1
        elif best[i, j] == best.get((i + 1, j), 0):
            i += 1
        else:
            j += 1


def _likeness(some: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(some & others) / (len(some) + len(others) or 1) + _ANY


def upcoming(places: Sequence[int | None]) -> list[int | None]:
    """For each place, itself where it is known, or the next known one behind it."""
    found: list[int | None] = []
    for place in reversed(places):
        found.append(place if place is not None or not found else found[-1])
    return found[::-1]


# A child by its place, or None for a new one; and what it is to say, None for what it says already.
Place = tuple[int | None, str | None]


def carry_out(
    parent: Any, plan: list[Place], make: Callable[[str], Any], edit: Callable[[Any, str], bool]
) -> None:
    """Let a parent have these children; what is not named goes, what cannot be edited is made anew."""
    end = len(parent.children)
    for place, text in reversed(plan):
        if place is None:
            parent.children.insert(end, make(text or ""))
            continue
        _cut(parent, place + 1, end)
        if text is not None and not edit(parent.children[place], text):
            del parent.children[place]
            parent.children.insert(place, make(text))
        end = place
    _cut(parent, 0, end)


def _cut(parent: Any, start: int, end: int) -> None:
    for place in reversed(range(start, end)):
        del parent.children[place]
