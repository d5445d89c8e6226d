"""Row kinds of the rubric, ratings and feedback. Answers to asks stand in the rows of asks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from activity import cells
from activity.sheets import Row, column
from goals.imports.rows import short_code
from people.imports import name_of, person, unit_code

from ..models import Feedback


@dataclass
class CriterionRow(Row):
    SHEET = "Rubric"
    KEY = ("name",)

    name: str = column("Criterion", cells.text(120), required=True)
    weight: Decimal = column("Weight", cells.number(2, 0, 100), required=True)
    question: str = column("Question", cells.long_text, required=True)
    is_gate: bool = column("Joint preference gate", cells.yes_no, required=True)
    anchors: dict = column("{ratings}", cells.long_text, empty=None)


@dataclass
class RatingRow(Row):
    SHEET = "Ratings"
    KEY = ("proposal", "criterion", "reviewer")

    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    criterion: str = column("Criterion", cells.text(120), required=True, to="Rubric")
    reviewer: str = column("Reviewer", name_of, required=True, **person)
    value: int = column("Rating", cells.whole(0, 100), required=True)
    rated_on: date = column("Rated on", cells.day, required=True)


@dataclass
class FeedbackRow(Row):
    SHEET = "Feedback"
    KEY = ("code",)

    code: str = column("Feedback", short_code, required=True)
    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    kind: str = column("Kind", cells.choice(Feedback.Kind.choices), required=True)
    written_by: str = column("From", name_of, required=True, **person)
    unit: str = column("Unit", unit_code, required=True, to="Units")
    ask: str = column("Ask", short_code, to="Asks")
    section: str = column("Section", cells.text(80), empty="")
    written_on: date = column("Written on", cells.day, required=True)
    text: str = column("Text", cells.long_text, required=True)
    answer: str = column("Answer", cells.long_text, empty="")
    answered_by: str = column("Answered by", name_of, **person)
    answered_on: date = column("Answered on", cells.day)
    plan_changed: bool = column("Plan changed", cells.yes_no)


ROWS = (CriterionRow, RatingRow, FeedbackRow)
