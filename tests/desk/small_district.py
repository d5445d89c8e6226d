"""An invented district unlike Larkmoor: other codes, levels, rubric, scale, and a year from September."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

GATE = "Joint preference gate"
Sheets = dict[str, list[dict[str, Any]]]

SETTINGS = {
    "District name": "Northfield Union Schools", "Short name": "Northfield", "Time zone": "America/Denver",
    "Season": "FY28", "Fiscal year starts": date(2027, 9, 1), "Fiscal year ends": date(2028, 8, 31),
    "Years costed": 3, "Rating scale from": 1, "Rating scale to": 4, "Joint preference points": 3,
    "Joint preference threshold": 2.5, "Joint preference needs all asks answered": "Yes",
    "Answers to asks due": date(2027, 2, 12), "Students": 1830, "Motto": "Onward",
}  # fmt: skip

STAGES = [
    ("goals", date(2026, 10, 1), date(2026, 10, 30)), ("intents", date(2026, 11, 2), date(2026, 11, 30)),
    ("drafting", date(2026, 12, 1), date(2027, 1, 15)),
    ("consultation", date(2027, 1, 18), date(2027, 2, 12)),
    ("vetting", date(2027, 2, 15), date(2027, 2, 26)), ("revision", date(2027, 3, 1), date(2027, 3, 12)),
    ("scoring", date(2027, 3, 15), date(2027, 3, 26)), ("slate", date(2027, 3, 29), date(2027, 4, 9)),
    ("decision", date(2027, 4, 12), date(2027, 4, 16)), ("closed", date(2027, 5, 3), date(2027, 5, 28)),
]  # fmt: skip

UNITS = [
    ("D0", "District office", "division", None, "Ada Chief"),
    ("FIN", "Finance", "department", "D0", "Bo Money"),
    ("LRN", "Learning", "department", "D0", "Cleo Learn"),
    ("OPS", "Operations", "department", "D0", "Dov Works"),
    ("NORTH", "North cluster", "cluster", "D0", None),
    ("0101", "First School", "school", "NORTH", "Eve Head"),
]

PEOPLE = [
    ("Ada Chief", "D0", "superintendent"), ("Bo Money", "FIN", "CFO; cabinet"), ("Cleo Learn", "LRN", "head"),
    ("Dov Works", "OPS", "head"), ("Eve Head", "0101", "principal"), ("Sam Steward", "D0", "steward"),
]  # fmt: skip


def proposal(code: str, lead: str, co_sponsors: str | None, contact: str, submitted: date) -> dict[str, Any]:
    return {
        "Proposal": code, "Title": f"Proposal {code}", "Lead": lead, "Co-sponsors": co_sponsors,
        "Goals": "Z1", "Causes addressed": "K1", "Principles served": "1", "Schools": "0101",
        "Students served": 400,
        "Summary": "It helps. A lot.", "Problem and need": "Need.", "Strategy": "Strategy.",
        "Working-together plan": "Each week.", "Evidence tier": "3 promising", "Cycle years": 2,
        "Contact": contact, "Submitted on": submitted, "Last edited on": None,
    }  # fmt: skip


def line(code: str, number: int, unit: str, fund: str, years: tuple, position: tuple = (None, None)) -> dict:
    return {
        "Proposal": code, "Line": number, "Unit": unit, "Description": f"Line {number}", "Fund": fund,
        "Function": "0010", "Object": "6100", "Position": position[0], "FTE": position[1],
        "Kind": "recurring", "FY28": years[0], "FY29": years[1], "FY30": years[2], "Required anyway": "No",
    }  # fmt: skip


def ask(code: str, proposal_code: str, unit: str, answer: str, **more) -> dict[str, Any]:
    return {
        "Ask": code, "Proposal": proposal_code, "Asked unit": unit, "What": "Help",
        "Needed by": date(2027, 9, 1), "Effort": "10 hours", "Effort hours": 10,
        "Effort per": "once", "Posts to fill": None,
        "Response": answer, "Condition": None, "Reason": None, "Answered by": None, "Answered on": None,
        "Condition accepted on": None, **more,
    }  # fmt: skip


def decision(code: str, outcome: str, amount, fte, scores: tuple) -> dict[str, Any]:
    return {
        "Proposal": code, "Score": scores[0], "Joint preference": scores[1], "Ranking score": scores[2],
        "Decision": outcome, "Amount FY28": amount, "FTE": fte, "Reason": "Because.",
        "Overrides a decline": "No", "Override reason": None, "Decided by": "Ada Chief; Bo Money",
        "Decided on": date(2027, 4, 12), "Published on": date(2027, 4, 16), "Review year": 2029,
    }  # fmt: skip


def rating(code: str, criterion: str, reviewer: str, value: int) -> dict[str, Any]:
    row = {"Proposal": code, "Criterion": criterion, "Reviewer": reviewer, "Rating": value}
    return {**row, "Rated on": date(2027, 3, 16)}


def build() -> Sheets:
    """A whole small season; change what you like before saving it."""
    return {**_frame(), **_aims(), **_money(), **_proposals(), **_judgements()}


def _frame() -> Sheets:
    return {
        "District": [{"Setting": name, "Value": value} for name, value in SETTINGS.items()],
        "Units": [
            {"Code": c, "Name": n, "Kind": k, "Parent": p, "Head": h, "Cabinet member": None}
            for c, n, k, p, h in UNITS
        ],
        "People": [
            {
                "Name": n,
                "Email": f"{n.split()[0].lower()}@northfield.example",
                "Unit": u,
                "Title": "T",
                "Role": r,
            }
            for n, u, r in PEOPLE
        ],
        "Principles": [{"No": 1, "Principle": "Together.", "Adopted on": date(2026, 9, 1)}],
        "Stages": [
            {
                "Order": i,
                "Stage": f"Stage {kind}",
                "Stage kind": kind,
                "Opens": a,
                "Closes": b,
                "Who acts": "all",
            }
            for i, (kind, a, b) in enumerate(STAGES, start=1)
        ],
    }


def _aims() -> Sheets:
    return {
        "Problems": [
            {"Problem": "B1", "Title": "Bad", "Description": "D", "Evidence": "E", "Owner": "LRN"}
        ],
        "Goals": [
            {
                "Goal": "Z1", "Title": "Better", "Statement": "S", "Problem": "B1", "Owner": "LRN",
                "With": "OPS",
                "Sets priorities": "district", "Controls actions": "school", "By": date(2030, 6, 1),
                "Published on": date(2026, 10, 20),
            }
        ],
        "Root causes": [
            {"Cause": "K1", "Goal": "Z1", "Description": "C", "Category": "Physical plant",
             "Status": "confirmed"}
        ],
    }  # fmt: skip


def _money() -> Sheets:
    def fund(code: str, amount: int) -> dict[str, Any]:
        return {
            "Fund": code, "Name": f"Fund {code}", "Fund type": "1 General", "Pays for": "either",
            "Available FY28": amount, "Available FY29": amount, "Available FY30": None,
            "Restriction": "unrestricted", "Rule": "Anything.", "Allowed functions": "0010-0099",
            "Title I schools only": "No", "Supplement, not supplant": "No", "Rule owner": "FIN",
        }  # fmt: skip

    return {
        "Fund sources": [fund("100", 300_000), fund("200", 50_000)],
        "Account codes": [
            {"Kind": "function", "Code": "0010", "Name": "Teaching", "Parent": None},
            {"Kind": "object", "Code": "6100", "Name": "Salaries", "Parent": None},
        ],
        "Positions": [
            {
                "Position": "TCH", "Name": "Teacher", "Base salary": 60000, "Variable benefits": 12000,
                "Health": 8000, "Cost of 1.0 FTE": 80000, "Salary object": "6100",
            }
        ],
        "Cost assumptions": [
            {"Assumption": "salary growth a year", "Value": 0.02, "Unit": "rate"},
            {"Assumption": "Health growth a year", "Value": 0.05, "Unit": "rate"},
            {"Assumption": "Variable benefit rate", "Value": 0.2, "Unit": "rate"},
        ],
    }  # fmt: skip


def _proposals() -> Sheets:
    signed = {"Contribution": "Time.", "Signed on": date(2027, 1, 12)}
    return {
        "Proposals": [
            proposal("A1", "LRN", "OPS", "Cleo Learn", date(2027, 1, 14)),
            proposal("A2", "FIN", None, "Bo Money", date(2027, 1, 15)),
        ],
        "Sponsors": [
            {"Proposal": "A1", "Unit": "LRN", "Lead": "Yes", "Signed by": "Cleo Learn", **signed},
            {"Proposal": "A1", "Unit": "OPS", "Lead": "No", "Signed by": "Dov Works", **signed},
            {"Proposal": "A2", "Unit": "FIN", "Lead": "Yes", "Signed by": "Bo Money", **signed},
        ],
        "Cost lines": [
            line("A1", 1, "LRN", "100", (160_000, 163_680, 167_458), ("TCH", 2)),
            line("A1", 2, "OPS", "200", (10_000, None, None)),
            line("A2", 1, "FIN", "200", (40_000, 41_000, 42_000)),
        ],
        "Asks": [
            ask(
                "Q1", "A1", "FIN", "Endorsed with conditions", **{
                    "Condition": "by May", "Reason": "Fine", "Answered by": "Bo Money",
                    "Answered on": date(2027, 2, 1), "Condition accepted on": date(2027, 2, 20),
                },
            ),
            ask("Q2", "A2", "LRN", "No answer yet"),
        ],
        "School demands": [
            {
                "Proposal": "A1", "School": "0101", "Month": date(2027, 10, 1), "Activity": "coaching day",
                "Days": 2, "Hours": 12, "Days as submitted": 3, "Hours as submitted": 18,
            }
        ],
        "Links": [{"From": "A1", "Type": "depends on", "To": "A2", "Settled on": None}],
    }  # fmt: skip


def _judgements() -> Sheets:
    anchors = {str(n): f"Looks like {n}" for n in range(1, 5)}
    return {
        "Rubric": [
            {"Criterion": "Benefit", "Weight": 60, "Question": "?", GATE: "No", **anchors},
            {"Criterion": "Partnership", "Weight": 40, "Question": "?", GATE: "Yes", **anchors},
        ],
        "Ratings": [
            rating("A1", "Benefit", "Ada Chief", 4), rating("A1", "Benefit", "Bo Money", 3),
            rating("A1", "Partnership", "Ada Chief", 3), rating("A1", "Partnership", "Bo Money", 3),
            rating("A2", "Benefit", "Ada Chief", 2), rating("A2", "Partnership", "Ada Chief", 2),
        ],
        "Feedback": [
            {
                "Feedback": "R1", "Proposal": "A1", "Kind": "Question", "From": "Bo Money", "Unit": "FIN",
                "Ask": "Q1", "Written on": date(2027, 2, 16), "Text": "Why?", "Answer": None,
                "Answered by": None, "Answered on": None,
            }
        ],
        "Decisions": [
            decision("A1", "Approved, reduced", 160_000, 2, (82.5, 3, 85.5)),
            decision("A2", "Not funded", None, None, (50, 0, 50)),
        ],
        "Decision lines": [
            {
                "Proposal": "A1", "Line": 1, "Fund": "100", "Basis": "in full", "FTE": 2, "FY28": 160_000,
                "FY29": 163_680, "FY30": 167_458,
            }
        ],
        "Commitments": [
            {
                "Commitment": "C1", "Ask": "Q1", "Proposal": "A1", "Investment": None, "Owner": "FIN",
                "Owner person": "Bo Money", "What": "Help", "Due": date(2027, 9, 1), "Condition": "by May",
                "Condition accepted": "Yes", "Status": "not started", "Status on": date(2027, 5, 1),
            }
        ],
    }  # fmt: skip


def save(sheets: Sheets, path: Path) -> Path:
    """Write the sheets; a column's place is that of its first mention."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        headers = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(headers)
        for row in rows:
            sheet.append([row.get(header) for header in headers])
    workbook.save(path)
    return path


def cell_of(sheets: Sheets, sheet: str, row: int, column: str) -> str:
    """“Cost lines!L2” for the first row's column."""
    headers = list(dict.fromkeys(key for found in sheets[sheet] for key in found))
    return f"{sheet}!{get_column_letter(headers.index(column) + 1)}{row + 2}"
