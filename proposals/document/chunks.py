"""The blocks of a document beside a text: which stay, which come, and what each is to say."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from .pairing import Place, became, upcoming


@dataclass
class Chunk:
    """Words between blank lines; of a block by its place, with the space that stands around them in it."""

    words: str
    place: int | None = None
    lead: str = ""
    trail: str = ""

    @property
    def said(self) -> str:
        """With the space around, unless the words bring it along."""
        lead = "" if self.words.startswith(self.lead) else self.lead
        return lead + self.words + ("" if self.words.endswith(self.trail) else self.trail)

    def first(self, words: str) -> "Chunk":
        """With other words at the beginning of a text, where no space is told, such as of an empty cell."""
        space = self.words[: len(self.words) - len(self.words.lstrip())]
        return replace(self, lead=self.lead + space, words=words)

    def last(self, words: str) -> "Chunk":
        return replace(self, words=words, trail=self.words[len(self.words.rstrip()) :] + self.trail)


def evened(text: str, says: list[str], shaped: Collection[int]) -> str:
    """The text with the blank lines as they were beside lists and tables, and without new ones inside.

    So a list that somebody writes in just now stays one list; `shaped` are the places of such blocks.
    """
    told = [(place, said.strip("\n").split("\n")) for place, said in enumerate(says) if said.strip("\n")]
    inside = {pair: place in shaped for place, lines in told for pair in pairwise(lines)}
    beside = {(a[-1], b[0]) for (n, a), (m, b) in pairwise(told) if n in shaped or m in shaped}
    parts = re.split(r"(\n+)", text)
    for n in range(1, len(parts), 2):
        pair = parts[n - 1], parts[n + 1]
        if parts[n] == "\n" and pair in beside and pair not in inside:
            parts[n] = "\n\n"
        elif pair not in beside and inside.get(pair):
            parts[n] = "\n"
    return "".join(parts)


def plan_of(says: list[str], text: str, shaped: Collection[int]) -> list[Place]:
    """What becomes of blocks that say so, for the document to say `text`; lists and tables are `shaped`."""
    old = _chunks(says) or [Chunk(said, place) for place, said in enumerate(says[:1]) if not said]
    parts, gaps = (re.split(r"\n{2,}", text), re.findall(r"\n{2,}", text)) if text else ([], [])
    was = became([chunk.words for chunk in old], parts)
    new = [replace(old[was[n]], words=words) if n in was else Chunk(words) for n, words in enumerate(parts)]
    if new and new[0].place in shaped:
        new[0].lead = old[was[0]].first("").lead
    if new and new[-1].place in shaped:
        new[-1].trail = old[was[len(new) - 1]].last("").trail
    within = range(old[0].place or 0, (old[-1].place or 0) + 1) if old else range(0)
    blank = _blank(says, new, list(map(len, gaps)), within)
    plan: list[tuple[int | None, str]] = [(place, says[place]) for place in range(within.start)]
    for chunk, before in zip(new, [[], *blank], strict=True) if new else ():
        plan += [*before, (chunk.place, chunk.said)]
    plan += [(place, says[place]) for place in range(within.stop, len(says))]
    return [(n, None if n is not None and says[n] == said else said) for n, said in plan]


def _chunks(says: list[str]) -> list[Chunk]:
    """The blocks that say something; of the first and the last, the text tells no space around."""
    found = []
    for place, said in enumerate(says):
        words = said.strip("\n")
        lead, trail = said[: len(said) - len(said.lstrip("\n"))], said[len(said.rstrip("\n")) :]
        found += [Chunk(words, place, lead, trail)] if words else []
    while found and not found[0].words.strip():
        del found[0]
    while found and not found[-1].words.strip():
        del found[-1]
    if found:
        found[0] = found[0].first(found[0].words.lstrip())
        found[-1] = found[-1].last(found[-1].words.rstrip())
    return found


def _blank(
    says: list[str], new: list[Chunk], gaps: list[int], within: range
) -> list[list[tuple[int | None, str]]]:
    """The empty blocks in front of each chunk but the first, and what they are to say."""
    found: list[list[tuple[int | None, str]]] = []
    taken, ends = within.start - 1, upcoming([chunk.place for chunk in new])
    for n, (before, after) in enumerate(pairwise(new)):
        taken = taken if before.place is None else before.place
        known = ends[n + 1]
        end = within.stop if known is None else known
        spare = [place for place in range(taken + 1, end) if not says[place].strip("\n")]
        found.append(_between(before, after, gaps[n], {place: says[place] for place in spare}))
        taken = max([taken, *(place for place, _ in found[-1] if place is not None)])
    return found


def _between(before: Chunk, after: Chunk, ends: int, spare: dict[int, str]) -> list[tuple[int | None, str]]:
    """They stay as they are where as many line ends stand between the same two blocks as before."""
    stand = len("\n\n".join([before.trail, *spare.values(), after.lead]))
    alone = before.place is not None and after.place == before.place + len(spare) + 1
    if alone and stand == ends:
        return list(spare.items())
    before.trail, after.lead, count = _spread(ends, before.trail, after.lead)
    places = list(spare)[:count]
    return [*((place, "") for place in places), *[(None, "")] * (count - len(places))]


def _spread(ends: int, trail: str, lead: str) -> tuple[str, str, int]:
    """So many line ends as the space behind one block, in front of the next, and empty blocks between."""
    for behind in (trail, ""):
        for front in (lead, "", "\n"):
            rest = ends - sum(len(space) for space in (behind, front) if not space.strip("\n"))
            if rest >= 2 and rest % 2 == 0:
                return behind, front, rest // 2 - 1
    raise AssertionError("two line ends or more stand between two blocks")
