"""Two scenarios side by side: what each buys, and what it leaves of each fund. Reads only."""

from dataclasses import dataclass

from funds.models import FundSource
from proposals.models import Proposal

from .models import Slate
from .sheet import FundYear, Money, Sheet


@dataclass(frozen=True)
class Row:
    """One proposal: its first-year amount on each side."""

    proposal: Proposal
    title: str
    a: Money | None
    b: Money | None

    @property
    def more(self) -> int:
        """How much more the second side pays in the first year."""
        return (self.b.first if self.b else 0) - (self.a.first if self.a else 0)

    @property
    def differs(self) -> bool:
        return self.a != self.b


@dataclass(frozen=True)
class FundRow:
    fund: FundSource
    a: FundYear
    b: FundYear


@dataclass(frozen=True)
class Compared:
    a: Sheet
    b: Sheet
    rows: list[Row]
    funds: list[FundRow]


def compared(first: Slate, second: Slate) -> Compared:
    a, b = Sheet(first), Sheet(second)
    b.funds = a.funds  # the same season, so read once
    proposals = {p.pk: p for p in (*a.chosen, *b.chosen)}
    titles = {line.item.proposal_id: line.read_title for line in (*a.lines, *b.lines)}
    rows = [Row(p, titles[pk], a.money.get(pk), b.money.get(pk)) for pk, p in proposals.items()]
    funds = [FundRow(x[0].fund, x[0], y[0]) for x, y in zip(a.fund_years, b.fund_years, strict=True)]
    return Compared(
        a, b, sorted(rows, key=lambda row: (not row.differs, row.proposal.code)),
        [row for row in funds if row.a.on_slate or row.b.on_slate],
    )  # fmt: skip
