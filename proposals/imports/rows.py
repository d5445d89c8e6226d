"""Row kinds of proposals, sponsors, cost lines, asks, school demands and links."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from activity import cells
from activity.sheets import Row, column
from funds.imports import account, dollars, fund_code
from goals.imports.rows import short_code
from people.imports import name_of, person, unit_code

from ..models import Ask, Proposal, ProposalLink, SchoolDemand

ANSWERS = {
    "Endorsed": "endorsed", "Endorsed with conditions": "conditional", "Declined": "declined",
    "Not affected": "not_affected", "No answer yet": "",
}  # fmt: skip
LINE_KINDS = {"recurring": "recurring", "one-time": "one_time"}
fte = cells.number(2, 0, 9999)


def cycle(value) -> int:
    return cells.whole(1, 30)(value)


@dataclass
class ProposalRow(Row):
    SHEET = "Proposals"
    KEY = ("code",)
    NEEDED = True

    code: str = column("Proposal", short_code, required=True)
    title: str = column("Title", cells.text(200), required=True)
    lead: str = column("Lead", unit_code, required=True, to="Units")
    co_sponsors: tuple = column("Co-sponsors", cells.several(unit_code), to="Units", empty=())
    goals: tuple = column("Goals", cells.several(short_code), required=True, to="Goals", empty=())
    causes: tuple = column("Causes addressed", cells.several(short_code), to="Root causes", empty=())
    principles_served: tuple = column(
        "Principles served", cells.several(cells.whole(1, 999)), to="Principles", empty=()
    )
    principles_strained: tuple = column(
        "Principles strained", cells.several(cells.whole(1, 999)), to="Principles", empty=()
    )
    schools: tuple = column("Schools", cells.several(unit_code), to="Units", empty=())
    reach: str = column("Reach", cells.text(200), empty="")
    grades: str = column("Grades", cells.text(60), empty="")
    students_served: int = column("Students served", cells.whole())
    summary: str = column("Summary", cells.long_text, required=True)
    need: str = column("Problem and need", cells.long_text, required=True)
    strategy: str = column("Strategy", cells.long_text, required=True)
    working_together: str = column("Working-together plan", cells.long_text, empty="")
    who_does_what: str = column("Who does what", cells.long_text, empty="")
    premortem: str = column("What could go wrong", cells.long_text, empty="")
    equity: str = column("Equity", cells.long_text, empty="")
    communication: str = column("Communication", cells.long_text, empty="")
    evidence_tier: str = column(
        "Evidence tier", cells.choice(Proposal.Tier.choices), stands=True, empty=Proposal.Tier.NOT_SAID.value
    )
    expected_return: str = column("Expected return", cells.long_text, empty="")
    cycle_years: int = column("Cycle years", cycle)
    contact: str = column("Contact", name_of, required=True, **person)
    research_partner: str = column("Research partner", name_of, **person)
    submitted_on: date = column("Submitted on", cells.day, required=True)
    edited_on: date = column("Last edited on", cells.day)

    SECTIONS = (
        "summary", "need", "strategy", "working_together", "who_does_what", "premortem", "equity",
        "communication", "expected_return",
    )  # fmt: skip


@dataclass
class SponsorRow(Row):
    SHEET = "Sponsors"
    KEY = ("proposal", "unit")
    NEEDED = True

    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    unit: str = column("Unit", unit_code, required=True, to="Units")
    is_lead: bool = column("Lead", cells.yes_no, required=True)
    contribution: str = column("Contribution", cells.long_text, required=True)
    signed_by: str = column("Signed by", name_of, required=True, **person)
    signed_on: date = column("Signed on", cells.day, required=True)


@dataclass
class LineRow(Row):
    SHEET = "Cost lines"
    KEY = ("proposal", "line")
    NEEDED = True

    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    line: int = column("Line", cells.whole(1, 9999), required=True)
    unit: str = column("Unit", unit_code, required=True, to="Units")
    description: str = column("Description", cells.text(300), required=True)
    fund: str = column("Fund", fund_code, required=True, to="Fund sources")
    function: str = column("Function", account, required=True)
    object: str = column("Object", account, required=True)
    benefits_object: str = column("Benefits object", account)
    position: str = column("Position", cells.code(20), to="Positions")
    fte: Decimal = column("FTE", fte)
    kind: str = column("Kind", cells.choice(LINE_KINDS.items(), LINE_KINDS), required=True)
    year1: int = column("{year1}", dollars, required=True)
    year2: int = column("{year2}", dollars, empty=0, stands=True)
    year3: int = column("{year3}", dollars, empty=0, stands=True)
    required_anyway: bool = column("Required anyway", cells.yes_no, required=True)
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class AskRow(Row):
    SHEET = "Asks"
    KEY = ("code",)

    code: str = column("Ask", short_code, required=True)
    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    asked_unit: str = column("Asked unit", unit_code, required=True, to="Units")
    what: str = column("What", cells.long_text, required=True)
    needed_by: date = column("Needed by", cells.day, required=True)
    effort: str = column("Effort", cells.text(200), required=True)
    effort_hours: int = column("Effort hours", cells.whole(0, 1_000_000))
    effort_per: str = column("Effort per", cells.choice(Ask.EffortPer.choices), empty="")
    posts_to_fill: Decimal = column("Posts to fill", fte)
    if_declined: str = column("If declined", cells.long_text, empty="")
    answer: str = column("Response", cells.choice(ANSWERS.items(), ANSWERS), required=True, empty="")
    condition: str = column("Condition", cells.long_text, empty="")
    reason: str = column("Reason", cells.long_text, empty="")
    answered_by: str = column("Answered by", name_of, **person)
    answered_on: date = column("Answered on", cells.day)
    condition_accepted_on: date = column("Condition accepted on", cells.day)


@dataclass
class DemandRow(Row):
    SHEET = "School demands"
    KEY = ("proposal", "school", "month", "activity")

    proposal: str = column("Proposal", short_code, required=True, to="Proposals")
    school: str = column("School", unit_code, required=True, to="Units")
    month: date = column("Month", cells.month, required=True)
    activity: str = column("Activity", cells.choice(SchoolDemand.Activity.choices), required=True)
    days: Decimal = column("Days", cells.number(2, 0, 31), required=True)
    hours: int = column("Hours", cells.whole(0, 1_000_000), required=True)
    days_submitted: Decimal = column("Days as submitted", cells.number(2, 0, 31), required=True)
    hours_submitted: int = column("Hours as submitted", cells.whole(0, 1_000_000), required=True)
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class LinkRow(Row):
    SHEET = "Links"
    KEY = ("source", "kind", "target")

    source: str = column("From", short_code, required=True, to="Proposals")
    kind: str = column(
        "Type",
        cells.choice(
            ProposalLink.Kind.choices,
            {
                "supports": "supports",
                "depends on": "depends_on",
                "overlaps": "overlaps",
                "conflicts": "conflicts",
            },
        ),
        required=True,
    )
    target: str = column("To", short_code, required=True, to="Proposals")
    note: str = column("Note", cells.long_text, empty="")
    settled_on: date = column("Settled on", cells.day)


ROWS = (ProposalRow, SponsorRow, LineRow, AskRow, DemandRow, LinkRow)
