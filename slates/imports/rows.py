"""Row kinds of decisions and of what of each cost line is on the slate."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from activity import cells
from activity.sheets import Row, column
from funds.imports import dollars, fund_code
from goals.imports.rows import short_code
from people.imports import name_of, person
from proposals.imports.rows import fte

OUTCOMES = {
    "Approved": "funded", "Approved, reduced": "funded_in_part",
    "Approved with conditions": "funded_with_conditions", "Deferred": "deferred",
    "Not funded": "not_funded", "Withdrawn": "withdrawn", "Merged": "merged",
}  # fmt: skip
FUNDING = ("funded", "funded_in_part", "funded_with_conditions")
ENDING = ("withdrawn", "merged")


@dataclass
class DecisionRow(Row):
    SHEET = "Decisions"
    KEY = ("proposal",)

    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    score: Decimal = column("Score", cells.number(4, 0, 1000), required=True)
    preference: Decimal = column("Joint preference", cells.number(2, 0, 100), required=True)
    ranking: Decimal = column("Ranking score", cells.number(4, 0, 1100), required=True)
    outcome: str = column("Decision", cells.choice(OUTCOMES.items(), OUTCOMES), required=True)
    amount: int = column("Amount {year1}", dollars)
    fte: Decimal = column("FTE", fte)
    reason: str = column("Reason", cells.long_text, required=True)
    overrides: bool = column("Overrides a decline", cells.yes_no, required=True)
    override_reason: str = column("Override reason", cells.long_text, empty="")
    principles_served: tuple = column(
        "Principles served", cells.several(cells.whole(1, 999)), to="Principles", empty=()
    )
    principles_strained: tuple = column(
        "Principles strained", cells.several(cells.whole(1, 999)), to="Principles", empty=()
    )
    decided_by: tuple = column("Decided by", cells.several(name_of), required=True, empty=(), **person)
    decided_on: date = column("Decided on", cells.day, required=True)
    published_on: date = column("Published on", cells.day, required=True)
    review_year: int = column("Review year", cells.whole(1990, 2100))

    @property
    def is_funding(self) -> bool:
        return self.outcome in FUNDING


@dataclass
class DecisionLineRow(Row):
    SHEET = "Decision lines"
    KEY = ("proposal", "line")

    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    line: int = column("Line", cells.whole(1, 9999), required=True)
    fund: str = column("Fund", fund_code, required=True, to="Fund sources")
    basis: str = column("Basis", cells.text(300), required=True)
    fte: Decimal = column("FTE", fte)
    year1: int = column("{year1}", dollars, required=True)
    year2: int = column("{year2}", dollars, empty=0, stands=True)
    year3: int = column("{year3}", dollars, empty=0, stands=True)


ROWS = (DecisionRow, DecisionLineRow)
