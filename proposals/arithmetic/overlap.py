"""Who works on the same: one rule over two works, be they intents or proposals, with its reasons."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

# Out of 100. Between the 18 different proposals of the demo season titles reach 67 (two on behavior),
# texts 58; half of the pairs lie below 36 and 50.
ALIKE_TITLES, ALIKE_TEXTS, ALIKE_ASKS = 65, 65, 70
# Unrelated short texts look alike by chance.
SHORTEST_TEXT = 60

INTENT, PROPOSAL = "intent", "proposal"
Key = tuple[str, int]  # one of these words, and the number of the row
Asked = tuple[int, str]  # the asked unit and what is asked, lower case
SchoolMonth = tuple[int, str]


@dataclass(frozen=True)
class Work:
    """What the rule looks at; sets of keys, texts in lower case."""

    key: Key
    title: str = ""
    text: str = ""
    problems: frozenset[int] = frozenset()
    goals: frozenset[int] = frozenset()
    causes: frozenset[int] = frozenset()
    demands: frozenset[SchoolMonth] = frozenset()
    asks: tuple[Asked, ...] = ()
    grades: frozenset[int] = frozenset()
    is_early: bool = False  # an intent, which names no causes yet


@dataclass(frozen=True)
class Overlap:
    """The reasons why another work overlaps; what is not shared is empty."""

    key: Key
    goals: frozenset[int] = frozenset()
    causes: frozenset[int] = frozenset()
    problems: frozenset[int] = frozenset()
    demands: frozenset[SchoolMonth] = frozenset()
    asked_units: frozenset[int] = frozenset()
    grades: frozenset[int] = frozenset()  # no reason by themselves
    likeness: int = 0

    @property
    def strength(self) -> int:
        """For the order alone: a hundred for each kind of reason, and how alike the wording is."""
        kinds = (self.causes, self.demands, self.asked_units)
        aims = 50 if (self.problems or self.goals) and not self.causes else 0
        return 100 * sum(bool(kind) for kind in kinds) + aims + self.likeness


def spans_of(months: Iterable[date]) -> list[str]:
    """“Aug 2026 to May 2027” for months that follow each other, “Nov 2027” for one alone, in order."""
    found = _runs_of(month.year * 12 + month.month - 1 for month in months)
    return [" to ".join(f"{date(n // 12, n % 12 + 1, 1):%b %Y}" for n in ends) for ends in found]


def _runs_of(numbers: Iterable[int]) -> list[list[int]]:
    """First and last of numbers that follow each other, or one that stands alone."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return runs


# Grades as numbers, before kindergarten on.
_EARLY = {"PK": -1, "PREK": -1, "K": 0}
_GRADES = re.compile(r"\b(PRE-?K|PK|K|\d{1,2})(?:\s*(?:-|–|to)\s*(PK|K|\d{1,2}))?\b", re.IGNORECASE)


def grades_in(words: str) -> frozenset[int]:
    """Grades that people name: “K-2, 5 and 9 to 12”; what is no grade of a school is not meant."""
    found: set[int] = set()
    for first, last in _GRADES.findall(words):
        ends = [
            _EARLY.get(g.upper().replace("-", ""), -2) if g[0].isalpha() else int(g)
            for g in (first, last or first)
        ]
        if max(ends) <= 12:
            found.update(range(ends[0], ends[1] + 1))
    return frozenset(found)


def grades_named(grades: Iterable[int]) -> list[str]:
    """“K to 2” for grades that follow each other, “5” for one alone, in order."""
    names = {-1: "PK", 0: "K"}
    return [" to ".join(names.get(grade, str(grade)) for grade in ends) for ends in _runs_of(grades)]


def goes_on(words: str, code: str, later: Iterable[tuple[int, str, str]]) -> int | None:
    """Which of a later season's (key, code, words) says the same, or the same in other words by its code.

    A code alone says nothing: the next season may give it to something else.
    """
    scores = {key: _goes_on(words, other, code == other_code) for key, other_code, other in later}
    best = max(scores, key=lambda key: scores[key], default=None)
    return best if best is not None and scores[best] >= ALIKE_TITLES else None


def _goes_on(words: str, other: str, same_code: bool) -> float:
    """Out of 100, and more where nothing can be meant but this."""
    if _said(words) == _said(other):
        return 101 + same_code
    return fuzz.token_set_ratio(words.lower(), other.lower()) if same_code else 0


def _said(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def overlaps(mine: Work, others: Sequence[Work]) -> list[Overlap]:
    """Those of `others` that overlap with mine, the strongest first."""
    alike = _likeness(mine, others)
    found = (_reasons(mine, other, alike.get(n, 0)) for n, other in enumerate(others))
    return sorted((o for o in found if o is not None), key=lambda o: (-o.strength, o.key))


def _reasons(mine: Work, other: Work, likeness: int) -> Overlap | None:
    goals, causes = mine.goals & other.goals, mine.causes & other.causes
    # Goal and cause together; an intent names no causes, so that its goal or its problem has to do.
    same_cause = bool(goals and causes)
    early = mine.is_early or other.is_early
    problems = mine.problems & other.problems if early else frozenset()
    demands = mine.demands & other.demands
    asked = _same_asks(mine.asks, other.asks)
    aims = same_cause or (early and bool(goals or problems))
    if not (aims or demands or asked or likeness):
        return None
    return Overlap(
        key=other.key,
        goals=goals if same_cause or early else frozenset(),
        causes=causes if same_cause else frozenset(),
        problems=problems,
        demands=demands,
        asked_units=asked,
        grades=mine.grades & other.grades,
        likeness=likeness,
    )


def _same_asks(mine: Iterable[Asked], others: Iterable[Asked]) -> frozenset[int]:
    """Units that both ask for much the same."""
    others = list(others)
    return frozenset(
        unit
        for unit, what in mine
        for asked, wanted in others
        if unit == asked and fuzz.token_sort_ratio(what, wanted) >= ALIKE_ASKS
    )


def _likeness(mine: Work, others: Sequence[Work]) -> dict[int, int]:
    """How alike the wording is, by position; only what is alike enough to say so."""
    found: dict[int, int] = {}
    titles = [other.title for other in others]
    texts = [other.text if len(other.text) >= SHORTEST_TEXT else None for other in others]
    own_text = mine.text if len(mine.text) >= SHORTEST_TEXT else None
    for words, choices, least in ((mine.title, titles, ALIKE_TITLES), (own_text, texts, ALIKE_TEXTS)):
        if not words:
            continue
        rows = process.extract(words, choices, scorer=fuzz.token_sort_ratio, score_cutoff=least, limit=None)
        for _, score, position in rows:
            found[position] = max(found.get(position, 0), round(score))
    return found
