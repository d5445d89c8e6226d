"""The vetting overview: one row a proposal, sorted as asked. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.cache import caches
from django.core.paginator import Page, Paginator
from django.db.models import Exists, Max, OuterRef, Value

from activity import clock
from activity.models import Entry
from goals.models import Season
from people.models import User
from proposals.workflow import CIRCULATED, UNDER_REVIEW

from .arithmetic import Spread
from .models import Assignment, Criterion, Rating
from .scores import Score, criteria_of, score_sheet

ON_ONE_PAGE = 250

HEADS = [
    ("code", "Proposal"),
    ("score", "Score"),
    ("preference", "Joint"),
    ("ranking", "Ranking"),
    ("raters", "Raters"),
    ("asks", "Asks answered"),
]


@dataclass(frozen=True)
class Sorting:
    """By which column, and which way; `?sort=-score` is the highest first."""

    column: str
    down: bool

    @classmethod
    def of(cls, text: str) -> "Sorting":
        column = text.removeprefix("-")[:40]
        return cls(column or "ranking", text.startswith("-") or not column)

    def heads(self, criteria: list[tuple[int, str]]) -> list[dict]:
        """The heads of the columns: a click asks for the highest first, then for the lowest."""
        columns = [*HEADS[:4], *((f"c{pk}", name) for pk, name in criteria), *HEADS[4:]]
        return [
            {
                "column": column,
                "label": label,
                "next": column if self.column == column and self.down else f"-{column}",
                "sorted": ("descending" if self.down else "ascending") if self.column == column else "none",
            }
            for column, label in columns
        ]


@dataclass(frozen=True)
class Row:
    """What the overview says of one proposal, in plain values."""

    pk: int
    code: str
    title: str
    under_review: bool
    score: Decimal | None
    preference: Decimal
    ranking: Decimal | None
    spreads: dict[int, Spread | None]
    raters: int
    answered: int
    asked: int
    unsettled: list[str]

    @classmethod
    def of(cls, score: Score) -> "Row":
        lead = score.sponsorships[0]
        return cls(
            score.proposal_id, lead.code, lead.title, lead.status in UNDER_REVIEW, score.score,
            score.preference, score.ranking, score.spreads, score.raters, score.answered, score.asked,
            score.unsettled,
        )  # fmt: skip

    def value(self, column: str):
        """What a column sorts by; None goes last."""
        if column.startswith("c") and column[1:].isdecimal() and len(column) < 20:
            spread = self.spreads.get(int(column[1:]))
            return spread.mean if spread else None
        if column == "asks":
            return Decimal(self.answered) / self.asked if self.asked else None
        return getattr(self, column) if column in COLUMNS else None


COLUMNS = ("score", "preference", "ranking", "raters")


class Overview:
    """One page of the sorted rows, as one reader may see them.

    Every figure follows from acts, and every act leaves an Entry: until there is a newer one, the
    figures and the page made of them are kept. They are read anew once a minute in any case.
    """

    KEPT_FOR = 60

    def __init__(self, season: Season | None, reader: User, sorting: Sorting, number: str | None):
        self.season, self.sorting, self.number = season, sorting, number
        newest, self.owed = _newest_and_owed(season, reader)
        self.state = (season.pk if season else 0, newest, clock.today())

    @property
    def key(self) -> tuple:
        """What the page depends on: two readers who owe the same ratings see the same."""
        return self.state, self.sorting, self.number, sorted(self.owed)

    @cached_property
    def _figures(self) -> tuple[list[tuple[int, str]], list[Row]]:
        name = f"overview:{self.state}".replace(" ", "")
        return caches["process"].get_or_set(name, lambda: _read(self.season), self.KEPT_FOR)

    @cached_property
    def heads(self) -> list[dict]:
        return self.sorting.heads(self._figures[0])

    @property
    def hidden_span(self) -> int:
        return len(self.heads) - 1

    @cached_property
    def page(self) -> Page:
        return Paginator(self._sorted(), ON_ONE_PAGE).get_page(self.number)

    @property
    def shown(self) -> Iterator[tuple[Row, list[Spread | None] | None]]:
        """Rows of the page with their spreads; None while the reader still owes a rating."""
        criteria = self._figures[0]
        for row in self.page.object_list:
            yield row, None if self._hides(row) else [row.spreads.get(pk) for pk, _ in criteria]

    def _hides(self, row: Row) -> bool:
        """Nobody's figures before one's own."""
        return row.under_review and row.pk in self.owed

    def _sorted(self) -> list[Row]:
        rows, column = self._figures[1], self.sorting.column
        if column == "code":
            return rows[::-1] if self.sorting.down else rows
        values = {row.pk: None if self._hides(row) else row.value(column) for row in rows}
        known = [row for row in rows if values[row.pk] is not None]
        known.sort(key=lambda row: values[row.pk], reverse=self.sorting.down)
        return known + [row for row in rows if values[row.pk] is None]


def _read(season: Season | None) -> tuple[list[tuple[int, str]], list[Row]]:
    """Criteria and the rows of every proposal that was submitted, by code; five queries."""
    if season is None:
        return [], []
    criteria = criteria_of(season)
    scores = score_sheet(season, criteria=criteria).values()
    rows = [Row.of(score) for score in scores if score.sponsorships[0].status in CIRCULATED]
    return [(c.pk, c.name) for c in criteria], sorted(rows, key=lambda row: row.code)


def _newest_and_owed(season: Season | None, reader: User) -> tuple[int, set[int]]:
    """Key of the newest Entry, and the proposals that the reader still has to rate; one query."""
    rated = Rating.objects.filter(version__proposal=OuterRef(OuterRef("proposal")), reviewer=reader)
    unrated = Criterion.objects.filter(~Exists(rated.filter(criterion=OuterRef("pk"))), rubric__season=season)
    owed = Assignment.objects.filter(
        Exists(unrated), proposal__season=season, reviewer=reader, recused_at=None, finished_at=None
    )
    newest = Entry.objects.order_by().annotate(kind=Value("newest")).values_list("kind")
    rows = newest.annotate(Max("pk")).union(
        owed.order_by().annotate(kind=Value("owed")).values_list("kind", "proposal_id"), all=True
    )
    found: dict[str, set[int]] = {"newest": set(), "owed": set()}
    for kind, key in rows:
        found[kind].add(key)
    return max(found["newest"], default=0), found["owed"]
