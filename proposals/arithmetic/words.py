"""Two texts word by word: what was added, what was removed, what stayed."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from .matching import Matcher

SAME, ADDED, REMOVED = "same", "added", "removed"
_TOKEN = re.compile(r"\w[\w'’-]*\s*|[^\w\s]\s*|\s+")
_BLANKS = " \r\xa0"  # a tab in front of a row says that its first cell is empty
# Below this share of common words two paragraphs are two, not one that was changed.
_KIN = 0.35
# Products of lengths above which words that stand everywhere no longer anchor the comparison.
_LONG = 40_000


class Run(NamedTuple):
    """Words in a row of the same fate."""

    kind: str
    text: str


def words(before: str, after: str) -> list[Run]:
    """One passage against another."""
    a, b = _TOKEN.findall(before), _TOKEN.findall(after)
    return list(_joined(_runs(a, b, _matcher([t.strip() for t in a], [t.strip() for t in b]))))


def paragraphs(before: str, after: str) -> list[list[Run]]:
    """Runs of each paragraph; whole paragraphs stand for themselves where they came or went."""
    a, b = (
        [p for line in text.split("\n") if (p := line.strip(_BLANKS)).strip()] for text in (before, after)
    )
    found: list[list[Run]] = []
    for kind, i, j, k, m in _matcher(a, b).get_opcodes():
        if kind == "equal":
            found += [[Run(SAME, text)] for text in a[i:j]]
        else:
            for old, new in zip_longest(a[i:j], b[k:m], fillvalue=""):
                found += _of_pair(old, new)
    return found


def _of_pair(old: str, new: str) -> list[list[Run]]:
    runs = words(old, new)
    same = sum(len(run.text) for run in runs if run.kind == SAME)
    if old and new and same < _KIN * min(len(old), len(new)):
        return [[Run(REMOVED, old)], [Run(ADDED, new)]]
    return [runs]


def _matcher(a: Sequence[str], b: Sequence[str]) -> Matcher:
    return Matcher(None, a, b, autojunk=len(a) * len(b) > _LONG)


def _runs(a: list[str], b: list[str], matcher: Matcher) -> Iterator[Run]:
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield Run(SAME, "".join(b[k:m]))
            continue
        if i < j:
            yield Run(REMOVED, "".join(a[i:j]))
        if k < m:
            yield Run(ADDED, "".join(b[k:m]))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    for kind, group in groupby(runs, key=lambda run: run.kind):
        yield Run(kind, "".join(run.text for run in group))


def cells(block: Sequence[Run]) -> list[list[Run]]:
    """The runs of each cell of a table's row, as the newer text has them; of words alone one."""
    stands = any(run.kind != REMOVED for run in block)
    row: list[list[Run]] = [[]]
    for kind, text in block:
        parts = text.split("\t") if kind != REMOVED or not stands else [text.replace("\t", " ")]
        for n, part in enumerate(parts):
            if n:
                row.append([])
            if part:
                row[-1].append(Run(kind, part))
    return row


def tables(blocks: Sequence[Sequence[Run]]) -> list[tuple[bool, list[list[list[Run]]]]]:
    """(Is it a table?, its rows of cells): rows that follow each other are one, as are other paragraphs."""
    rows = [cells(block) for block in blocks]
    return [(is_table, list(group)) for is_table, group in groupby(rows, key=lambda row: len(row) > 1)]
