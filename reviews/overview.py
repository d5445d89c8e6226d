"""The vetting overview: one row a proposal, sorted as asked. Reads only."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from goals.models import Season
from people.models import User
from proposals.models import Proposal
from proposals.workflow import CIRCULATED, UNDER_REVIEW

from .arithmetic import Spread
from .models import Assignment, Criterion, Rating
from .scores import Score, criteria_of, score_sheet

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

    def heads(self, criteria: list[Criterion]) -> list[dict]:
        """The heads of the columns: a click asks for the highest first, then for the lowest."""
        columns = [*HEADS[:4], *((f"c{c.pk}", c.name) for c in criteria), *HEADS[4:]]
        return [
            {
                "column": column,
                "label": label,
                "next": column if self.column == column and self.down else f"-{column}",
                "sorted": ("descending" if self.down else "ascending") if self.column == column else "none",
            }
            for column, label in columns
        ]


@dataclass
class OverviewRow:
    proposal: Proposal
    score: Score
    cells: list[Spread | None]
    hidden: bool  # the reader still owes a rating: nobody's figures before one's own

    def value(self, column: str):
        """What a column sorts by; None goes last."""
        if column == "code":
            return self.proposal.code
        if self.hidden:
            return None
        if column.startswith("c") and column[1:].isdecimal():
            spread = self.score.spreads.get(int(column[1:]))
            return spread.mean if spread else None
        if column == "asks":
            return Decimal(self.score.answered) / self.score.asked if self.score.asked else None
        return getattr(self.score, column) if column in COLUMNS else None


COLUMNS = ("score", "preference", "ranking", "raters")


def overview_of(
    season: Season | None, reader: User, sorting: Sorting
) -> tuple[list[Criterion], list[OverviewRow]]:
    """Criteria and sorted rows of every proposal that was submitted; six queries."""
    if season is None:
        return [], []
    proposals = list(_circulated(season, reader))
    criteria = criteria_of(season)
    sheet = score_sheet(season, proposals, criteria)
    rows = []
    for proposal in proposals:
        score = sheet.get(proposal.pk) or Score(proposal.pk)
        cells = [score.spreads.get(criterion.pk) for criterion in criteria]
        hidden = proposal.owed and proposal.status in UNDER_REVIEW
        rows.append(OverviewRow(proposal, score, cells, hidden))
    known = [row for row in rows if row.value(sorting.column) is not None]
    known.sort(key=lambda row: row.value(sorting.column), reverse=sorting.down)
    return criteria, known + [row for row in rows if row.value(sorting.column) is None]


def _circulated(season: Season, reader: User):
    mine = Assignment.objects.filter(proposal=OuterRef("pk"), reviewer=reader, recused_at=None)
    rated = Rating.objects.filter(version__proposal=OuterRef("pk"), reviewer=reader)
    proposals = Proposal.objects.filter(season=season, status__in=CIRCULATED)
    return proposals.annotate(owed=Exists(mine) & ~Exists(rated)).order_by("code")
