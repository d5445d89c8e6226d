"""Row kinds of the season, its stages and rules, problems, goals, measures and what was heard."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from activity import cells
from activity.sheets import Row, column
from people.imports import name_of, person, unit_code

from ..models import Goal, Measure, RootCause, Stage

amount = cells.number(3)
short_code = cells.code(20)


def season_name(value) -> str:
    """The season is named by its year, so that the years after it have names too."""
    name = cells.text(20)(value)
    if not re.search(r"\d$", name):
        raise ValueError("a name that ends with the year, such as FY27")
    return name


def years_costed(value) -> int:
    found = cells.whole(1, 99)(value)
    if found > 3:
        raise ValueError("1, 2 or 3: proposals are costed for at most three years here")
    return found


@dataclass
class SeasonRow(Row):
    SHEET = "District"
    SETTINGS = True
    NEEDED = True

    name: str = column("Season", season_name, required=True)
    fiscal_year_starts: date = column("Fiscal year starts", cells.day, required=True)
    fiscal_year_ends: date = column("Fiscal year ends", cells.day, required=True)
    years_costed: int = column("Years costed", years_costed, empty=3)
    rating_from: int = column("Rating scale from", cells.whole(0, 99), empty=1)
    rating_to: int = column("Rating scale to", cells.whole(1, 100), empty=5)
    joint_points: Decimal = column("Joint preference points", cells.number(2, 0, 100), empty=Decimal(0))
    joint_threshold: Decimal = column(
        "Joint preference threshold", cells.number(2, 0, 99), empty=Decimal("3.5")
    )
    joint_needs_answers: bool = column("Joint preference needs all asks answered", cells.yes_no, empty=True)
    answers_due_on: date = column("Answers to asks due", cells.day)
    submission_due_on: date = column("Submission deadline", cells.day)
    revision_due_on: date = column("Revision deadline", cells.day)
    decision_meeting_on: date = column("Decision meeting", cells.day)
    decisions_published_on: date = column("Decisions published", cells.day)
    demo_today: date = column("Today in the demo", cells.day)
    agreement: str = column("Working agreement", cells.long_text, empty="")


@dataclass
class PrincipleRow(Row):
    SHEET = "Principles"
    KEY = ("no",)

    no: int = column("No", cells.whole(1, 999), required=True)
    text: str = column("Principle", cells.text(300), required=True)
    meaning: str = column("What it means", cells.long_text, empty="")
    adopted_on: date = column("Adopted on", cells.day)


@dataclass
class RightRow(Row):
    SHEET = "Decision rights"
    KEY = ("decision_type",)

    decision_type: str = column("Decision type", cells.text(200), required=True)
    recommend: str = column("Recommend", cells.text(200), required=True)
    input: str = column("Input", cells.text(200), empty="")
    agree: str = column("Agree", cells.text(200), empty="")
    perform: str = column("Perform", cells.text(200), empty="")
    decide: str = column("Decide", cells.text(200), required=True)
    adopt: str = column("Adopt", cells.text(200), empty="")
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class StageRow(Row):
    SHEET = "Stages"
    KEY = ("order",)

    order: int = column("Order", cells.whole(1, 999), required=True)
    name: str = column("Stage", cells.text(200), required=True)
    kind: str = column("Stage kind", cells.choice(Stage.Kind.choices), required=True)
    opens: date = column("Opens", cells.day, required=True)
    closes: date = column("Closes", cells.day, required=True)
    who_acts: str = column("Who acts", cells.text(200), required=True, empty="")
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class ProblemRow(Row):
    SHEET = "Problems"
    KEY = ("code",)

    code: str = column("Problem", short_code, required=True)
    title: str = column("Title", cells.text(200), required=True)
    description: str = column("Description", cells.long_text, required=True)
    evidence: str = column("Evidence", cells.long_text, required=True)
    cost_of_inaction: str = column("Cost of doing nothing", cells.long_text, empty="")
    needs_stated: str = column("Needs stated by schools", cells.long_text, empty="")
    owner: str = column("Owner", unit_code, required=True, to="Units")


@dataclass
class GoalRow(Row):
    SHEET = "Goals"
    KEY = ("code",)
    NEEDED = True

    code: str = column("Goal", short_code, required=True)
    title: str = column("Title", cells.text(200), required=True)
    statement: str = column("Statement", cells.long_text, required=True)
    problem: str = column("Problem", short_code, required=True)
    owner: str = column("Owner", unit_code, required=True, to="Units")
    partners: tuple = column("With", cells.several(unit_code), to="Units", empty=())
    sets_priorities: str = column("Sets priorities", cells.choice(Goal.Side.choices), required=True)
    controls_actions: str = column("Controls actions", cells.choice(Goal.Side.choices), required=True)
    by_date: date = column("By", cells.day, required=True)
    published_on: date = column("Published on", cells.day)
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class CauseRow(Row):
    SHEET = "Root causes"
    KEY = ("code",)

    code: str = column("Cause", short_code, required=True)
    goal: str = column("Goal", short_code, required=True, to="Goals")
    description: str = column("Description", cells.text(300), required=True)
    category: str = column("Category", cells.choice((v, v) for v in RootCause.Category.values), required=True)
    status: str = column("Status", cells.choice(RootCause.Status.choices), required=True)
    evidence: str = column("Evidence", cells.long_text, empty="")


@dataclass
class MeasureRow(Row):
    SHEET = "Measures"
    KEY = ("code",)

    code: str = column("Measure", short_code, required=True)
    goal: str = column("Goal", short_code, to="Goals")
    investment: str = column("Investment", short_code, to="Investments")
    name: str = column("Name", cells.text(200), required=True)
    kind: str = column("Kind", cells.choice(Measure.Kind.choices), required=True)
    is_practical: bool = column("Practical", cells.yes_no, required=True)
    unit_of_values: str = column("Unit", cells.text(60), required=True)
    direction: str = column("Direction", cells.choice(Measure.Direction.choices), required=True)
    baseline: Decimal = column("Baseline", amount, required=True)
    baseline_period: str = column("Baseline period", cells.text(60), required=True)
    target_type: str = column("Target type", cells.choice(Measure.TargetType.choices), required=True)
    stated_change: Decimal = column("Stated change", amount)
    target: Decimal = column("Target", amount, required=True)
    by_date: date = column("By", cells.day, required=True)
    first_on: date = column("Milestone 1 on", cells.day)
    first: Decimal = column("Milestone 1", amount)
    second_on: date = column("Milestone 2 on", cells.day)
    second: Decimal = column("Milestone 2", amount)
    source: str = column("Source", cells.text(200), required=True)
    frequency: str = column("Frequency", cells.text(60), required=True)
    collected_by: str = column("Collected by", unit_code, to="Units")
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class ListeningRow(Row):
    SHEET = "Listening notes"
    KEY = ("code",)

    code: str = column("Note", short_code, required=True)
    on: date = column("Date", cells.day, required=True)
    place: str = column("Place", cells.text(200), required=True)
    who_spoke: str = column("Who spoke", cells.text(200), required=True)
    people: int = column("People", cells.whole())
    words: str = column("Words heard", cells.long_text, required=True)
    goal: str = column("Goal", short_code, to="Goals")
    proposals: tuple = column("Proposals", cells.several(short_code), to="Proposals", empty=())
    heard_by: str = column("Heard by", name_of, **person)


@dataclass
class ObservationRow(Row):
    SHEET = "Observations"
    KEY = ("measure", "on", "group", "school")

    measure: str = column("Measure", short_code, required=True, to="Measures")
    on: date = column("Date", cells.day, required=True)
    value: Decimal = column("Value", amount, required=True)
    group: str = column("Group", cells.text(80), required=True)
    school: str = column("School", unit_code, to="Units")
    entered_by: str = column("Entered by", name_of, **person)
    note: str = column("Note", cells.long_text, empty="")


ROWS = (
    SeasonRow, PrincipleRow, RightRow, StageRow, ProblemRow, GoalRow, CauseRow, MeasureRow,
    ListeningRow, ObservationRow,
)  # fmt: skip
