"""Row kinds of running investments, commitments, test cycles, updates, lessons and integrity events."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from activity import cells
from activity.sheets import Row, column
from funds.imports import dollars, fund_code
from goals.imports.rows import amount, short_code
from people.imports import name_of, person, unit_code
from proposals.imports.rows import cycle

from ..models import Investment, TestCycle
from ..workflow import CommitmentStatus, State

STATES = [pair for pair in State.choices if pair[0] != State.NOT_STARTED]
EVENTS = ("late edit", "late answer", "recusal", "override", "calendar change", "off-path request")
RULINGS = ("accepted", "refused", "noted")


@dataclass
class InvestmentRow(Row):
    SHEET = "Investments"
    KEY = ("code",)

    code: str = column("Investment", short_code, required=True)
    title: str = column("Title", cells.text(200), required=True)
    owner: str = column("Owner", unit_code, required=True, to="Units")
    owner_person: str = column("Owner person", name_of, required=True, **person)
    partners: tuple = column("With", cells.several(unit_code), to="Units", empty=())
    research_partner: str = column("Research partner", name_of, **person)
    goal: str = column("Goal", short_code, to="Goals")
    schools: tuple = column("Schools", cells.several(unit_code), to="Units", empty=())
    cost_cents: int = column("Cost {year0}", dollars, required=True)
    fund: str = column("Fund", fund_code, to="Fund sources")
    cycle_years: int = column("Cycle years", cycle, required=True)
    starts_on: date = column("Started on", cells.day, required=True)
    ends_on: date = column("Ends on", cells.day, required=True)
    next_review_on: date = column("Next review", cells.day)
    dip_until: date = column("Expected dip until", cells.day)
    dip_to: Decimal = column("Expected dip to", amount)
    state: str = column("State", cells.choice(STATES), required=True)
    review_choice: str = column("Review choice", cells.choice(Investment.ReviewChoice.choices), empty="")
    story: str = column("Story so far", cells.long_text, empty="")


@dataclass
class CommitmentRow(Row):
    SHEET = "Commitments"
    KEY = ("code",)

    code: str = column("Commitment", short_code, required=True)
    ask: str = column("Ask", short_code, to="Asks")
    proposal: str = column("Proposal", short_code, to="Proposals")
    investment: str = column("Investment", short_code, to="Investments")
    owner: str = column("Owner", unit_code, required=True, to="Units")
    owner_person: str = column("Owner person", name_of, required=True, **person)
    what: str = column("What", cells.long_text, required=True)
    due_on: date = column("Due", cells.day, required=True)
    condition: str = column("Condition", cells.long_text, empty="")
    condition_accepted: bool = column("Condition accepted", cells.yes_no)
    status: str = column("Status", cells.choice(CommitmentStatus.choices), required=True)
    status_on: date = column("Status on", cells.day, required=True)
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class CycleRow(Row):
    SHEET = "PDSA cycles"
    KEY = ("code",)

    code: str = column("Cycle", short_code, required=True)
    investment: str = column("Investment", short_code, required=True, to="Investments")
    school: str = column("School", unit_code, to="Units")
    change_idea: str = column("Change idea", cells.long_text, required=True)
    prediction: str = column("Prediction", cells.long_text, required=True)
    started_on: date = column("Started on", cells.day, required=True)
    ended_on: date = column("Ended on", cells.day)
    done: str = column("Done", cells.long_text, empty="")
    result: str = column("Result", cells.long_text, empty="")
    surprise: str = column("Surprise", cells.long_text, empty="")
    act: str = column("Act", cells.choice(TestCycle.Act.choices), empty="")
    next_step: str = column("Next step", cells.long_text, empty="")


@dataclass
class UpdateRow(Row):
    SHEET = "Updates"
    KEY = ("investment", "on")

    investment: str = column("Investment", short_code, required=True, to="Investments")
    on: date = column("Date", cells.day, required=True)
    state: str = column("State", cells.choice(STATES), required=True)
    line: str = column("One line", cells.text(300), required=True)
    evidence: str = column("Evidence", cells.long_text, empty="")
    next_step: str = column("Next step", cells.long_text, empty="")
    is_small_win: bool = column("Small win", cells.yes_no, empty=False)
    written_by: str = column("Written by", name_of, required=True, **person)


@dataclass
class LessonRow(Row):
    SHEET = "Lessons"
    KEY = ("code",)

    code: str = column("Lesson", short_code, required=True)
    on: date = column("Date", cells.day, required=True)
    text: str = column("Text", cells.long_text, required=True)
    learned_from: str = column("Learned from", cells.text(200), empty="")
    unit: str = column("Unit", unit_code, to="Units")


@dataclass
class EventRow(Row):
    SHEET = "Integrity events"
    KEY = ("code",)

    code: str = column("Event", short_code, required=True)
    on: date = column("Date", cells.day, required=True)
    kind: str = column("Kind", cells.choice((word, word) for word in EVENTS), required=True)
    proposal: str = column("Proposal", short_code, to="Proposals")
    concerns: str = column("Person", name_of, **person)
    text: str = column("Text", cells.long_text, required=True)
    ruling: str = column("Ruling", cells.choice((word, word) for word in RULINGS), required=True)
    reason: str = column("Reason", cells.long_text, empty="")
    recorded_by: str = column("Recorded by", name_of, required=True, **person)


ROWS = (InvestmentRow, CommitmentRow, CycleRow, UpdateRow, LessonRow, EventRow)
