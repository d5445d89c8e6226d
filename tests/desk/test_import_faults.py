"""Every fault of a workbook is named by sheet and cell, all in one run, and nothing is written."""

from datetime import date

import pytest

from desk.season_import.importing import preview
from tests.desk.small_district import build, cell_of, save

pytestmark = pytest.mark.once

# Sheet, row from 0, column, what stands there instead, words of the fault.
CELLS = [
    ("Units", 3, "Kind", "team", "Division; Department; Cluster; School"),
    ("Units", 3, "Parent", "FINN", "perhaps FIN"),
    ("Units", 1, "Parent", None, "only one unit stands at the top"),
    ("Units", 2, "Code", "FIN", "row 3 holds the same"),
    ("Units", 2, "Name", None, "must be filled"),
    ("Units", 5, "Head", "Eva Head", "perhaps Eve Head"),
    ("People", 1, "Email", "bo at northfield", "e-mail address"),
    ("People", 1, "Email", "ADA@northfield.example", "Ada Chief has it already"),
    ("People", 1, "Role", "CFO; boss", "superintendent; CFO"),
    ("Stages", 0, "Closes", date(2026, 9, 1), "not before the stage opens"),
    ("Stages", 0, "Opens", "3/4/2026", "2026-03-04 or 2026-04-03"),
    ("Stages", 0, "Opens", "soon", "a date like 2026-03-20"),
    ("Stages", 0, "Opens", 46101, "format the cell as a date"),
    ("Stages", 0, "Opens", "2026-02-30", "a date that exists"),
    ("Goals", 0, "Problem", "B9", "a problem of the sheet Problems"),
    ("Root causes", 0, "Category", "Weather", "Instructional guidance"),
    ("Fund sources", 0, "Available FY28", "much", "an amount in dollars"),
    ("Fund sources", 0, "Available FY28", -5, "not negative"),
    ("Fund sources", 0, "Available FY28", 10.005, "two decimals"),
    ("Fund sources", 0, "Available FY28", "=1+1", "formula without a stored result"),
    ("Fund sources", 0, "Available FY28", "#REF!", "error of the spreadsheet"),
    ("Fund sources", 0, "Available FY28", True, "a number"),
    ("Fund sources", 0, "Rule owner", "FI", "stands in the sheet Units"),
    ("Fund sources", 0, "Allowed functions", "10-20-30", "codes or ranges"),
    ("Positions", 0, "Cost of 1.0 FTE", 81000, "the sum of salary"),
    ("Proposals", 0, "Title", "x" * 201, "at most 200 characters; it has 201"),
    ("Proposals", 0, "Grades", date(2026, 6, 8), "format the cell as text"),
    ("Proposals", 0, "Last edited on", date(2027, 1, 2), "from the submission on"),
    ("Proposals", 0, "Co-sponsors", "OPS; FIN", "a row in the sheet Sponsors"),
    ("Proposals", 0, "Co-sponsors", "OPS; OPS", "stands there twice"),
    ("Proposals", 0, "Summary", "A\x0bB", "no control characters"),
    ("Proposals", 0, "Students served", 1.5, "a whole number"),
    ("Sponsors", 1, "Lead", "Yes", "exactly one sponsor of A1"),
    ("Sponsors", 0, "Lead", "No", "exactly one sponsor of A1"),
    ("Sponsors", 0, "Lead", "maybe", "Yes or No"),
    ("Sponsors", 1, "Unit", "FIN", "the sponsors of A1 in Proposals"),
    ("Cost lines", 0, "FTE", None, "the posts of this position line"),
    ("Cost lines", 1, "FTE", 1, "the position that the FTE belong to"),
    ("Cost lines", 0, "Function", "10", "perhaps 0010, stored as a number"),
    ("Cost lines", 0, "Function", 10, "perhaps 0010, stored as a number"),
    ("Cost lines", 0, "Position", "TEACH", "stands in the sheet Positions"),
    ("Asks", 0, "Asked unit", "OPS", "does not sponsor A1"),
    ("Asks", 0, "Condition", None, "what must hold"),
    ("Asks", 0, "Answered on", None, "the day of the answer"),
    ("Asks", 0, "Answered by", None, "the person who answered"),
    ("Asks", 0, "Condition accepted on", date(2027, 1, 20), "from the answer on"),
    ("Asks", 1, "Answered on", date(2027, 2, 1), "nothing while there is no answer"),
    ("Asks", 1, "Condition", "if it rains", "only with the answer"),
    ("School demands", 0, "Month", date(2027, 10, 4), "2027-10-01"),
    ("School demands", 0, "School", "101", "perhaps 0101"),
    ("School demands", 0, "Days", 32, "a number up to 31"),
    ("Links", 0, "To", "A1", "another proposal"),
    ("Rubric", 0, "Joint preference gate", "Yes", "Yes for one criterion only"),
    ("Ratings", 0, "Rating", 5, "a rating from 1 to 4"),
    ("Ratings", 0, "Reviewer", "Cleo Learn", "own unit sponsors A1"),
    ("Ratings", 0, "Rated on", date(2027, 1, 1), "from the submission on"),
    ("Ratings", 1, "Reviewer", "Ada Chief", "row 2 holds the same"),
    ("Feedback", 0, "Ask", "Q2", "an ask of A1"),
    ("Feedback", 0, "Answer", "Because", "the person who answered"),
    ("Decisions", 0, "Score", 82.4, "82.5, which ratings"),
    ("Decisions", 0, "Joint preference", 0, "3.0, which ratings"),
    ("Decisions", 0, "Amount FY28", 170_000, "the sum of its decision lines, $160,000"),
    ("Decisions", 0, "FTE", 3, "the posts of its decision lines"),
    ("Decisions", 1, "Amount FY28", 5, "an empty cell where nothing is funded"),
    ("Decisions", 0, "Overrides a decline", "Yes", "the written reason"),
    ("Decisions", 0, "Published on", date(2027, 4, 1), "from the decision on"),
    ("Decisions", 0, "Decided by", "Ada Chief; Nobody", "stands in the sheet People"),
    ("Decision lines", 0, "Line", 9, "a line of A1 in the sheet Cost lines"),
    ("Decision lines", 0, "Fund", "200", "the fund of that cost line, 100"),
    ("Commitments", 0, "Ask", "Q2", "an ask of A1"),
    ("Commitments", 0, "Proposal", "A2", "was approved in the sheet Decisions"),
]  # fmt: skip
# Where the fault stands in another cell than the one that was changed.
ELSEWHERE = {
    ("Feedback", "Answer"): (0, "Answered by"),
    ("Decisions", "Overrides a decline"): (0, "Override reason"),
    ("Rubric", "Joint preference gate"): (1, "Joint preference gate"),
    ("Cost lines", "FTE", 1): (1, "Position"),
    ("Ratings", "Reviewer", "Ada Chief"): (1, "Proposal"),
}


@pytest.mark.parametrize(("sheet", "row", "column", "value", "words"), CELLS)
def test_a_fault_is_named_by_its_cell(tmp_path, sheet, row, column, value, words):
    sheets = build()
    sheets[sheet][row][column] = value
    found = preview(_saved(sheets, tmp_path))
    stands = ELSEWHERE.get((sheet, column), ELSEWHERE.get((sheet, column, value), (row, column)))
    cell = cell_of(sheets, sheet, *stands)
    assert [str(f) for f in found.faults if f.place == cell and words in f.allowed], "\n".join(
        map(str, found.faults)
    )
    assert not found.can_import


def _saved(sheets, tmp_path):
    """Control characters cannot be written by openpyxl: they come as the escapes of the format."""
    for rows in sheets.values():
        for row in rows:
            for key, value in row.items():
                if isinstance(value, str) and "\x0b" in value:
                    row[key] = value.replace("\x0b", "_x000B_")
    return save(sheets, tmp_path / "season.xlsx")


def test_all_faults_come_in_one_run(tmp_path):
    sheets = build()
    wrong = [("Units", 1, "Kind", "x"), ("Cost lines", 0, "FY28", "y"), ("Ratings", 0, "Rating", 9)]
    for sheet, row, column, value in wrong:
        sheets[sheet][row][column] = value
    places = {fault.place for fault in preview(save(sheets, tmp_path / "season.xlsx")).faults}
    assert {cell_of(sheets, sheet, row, column) for sheet, row, column, _value in wrong} <= places


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s.pop("Goals"), "Goals: the sheet is missing or empty"),
        (lambda s: [r.pop("FY29") for r in s["Cost lines"]], "Cost lines: the column “FY29” is missing"),
        (lambda s: [r.pop("Email") for r in s["People"]], "People: the column “Email” is missing"),
        (lambda s: s["Rubric"][0].update(Weight=50), "add up to 90"),
        (lambda s: s["Units"][0].update(Parent="0101"), "lead back to the unit itself"),
        (lambda s: s["District"].pop(3), "the setting “Season”"),
        (lambda s: s["District"][6].update(Value=4), "at most three years"),
        (lambda s: s["District"][2].update(Value="Mars"), "District!B4: found “Mars”"),
        (
            lambda s: s["Links"].append({"From": "A2", "Type": "depends on", "To": "A1"}),
            "no circle of dependencies",
        ),
    ],
)
def test_a_fault_of_a_whole_sheet_is_named(tmp_path, change, words):
    sheets = build()
    change(sheets)
    found = preview(save(sheets, tmp_path / "season.xlsx"))
    assert any(words in str(fault) for fault in found.faults), found.faults
    assert not found.can_import


def test_certain_meanings_are_normalised(tmp_path):
    sheets = build()
    sheets["Fund sources"][0]["Available FY28"] = " $1,234.50 "
    sheets["Stages"][0]["Opens"] = "10/20/2026"
    sheets["Stages"][1]["Opens"] = "Nov 2, 2026"
    sheets["Units"][3][" CODE "] = sheets["Units"][3].pop("Code")
    for row in sheets["Units"]:
        row[" CODE "] = row.pop("Code", None) or row[" CODE "]
    sheets["Sponsors"][0]["Lead"] = "y"
    sheets["People"][1]["Name"] = "Bo\u00a0Money "
    sheets["Asks"][0]["Response"] = "endorsed WITH conditions"
    found = preview(save(sheets, tmp_path / "season.xlsx"))
    assert found.faults == []
    rows = {kind.SHEET: table.rows for kind, table in found.book.kinds()}
    assert rows["Fund sources"][0].year1 == 123_450
    assert [stage.opens for stage in rows["Stages"][:2]] == [date(2026, 10, 20), date(2026, 11, 2)]


def test_unknown_sheets_and_columns_are_noticed(tmp_path):
    sheets = build()
    sheets["Canteen"] = [{"Menu": "Soup"}]
    sheets["Goals"][0]["Mood"] = "good"
    found = preview(save(sheets, tmp_path / "season.xlsx"))
    assert found.faults == []
    assert any("Canteen" in notice for notice in found.book.notices)
    assert any("“Mood”" in notice for notice in found.book.notices)


def test_faulty_rows_are_left_out_with_what_depends_on_them(tmp_path):
    sheets = build()
    sheets["Proposals"][0]["Evidence tier"] = "7 hearsay"
    found = preview(save(sheets, tmp_path / "season.xlsx"), skip_faulty=True)
    assert found.can_import
    assert found.counts["Proposals"] == 1
    assert found.counts["Asks"] == 1
    assert found.counts["Decision lines"] == 0
    followers = {fault.sheet for fault in found.faults if fault.follows}
    assert {
        "Sponsors",
        "Cost lines",
        "Asks",
        "Ratings",
        "Decisions",
        "Decision lines",
        "Commitments",
    } <= followers
    assert [fault.sheet for fault in found.faults if not fault.follows] == ["Proposals"]


def test_what_names_a_faulty_row_has_no_fault_of_its_own(tmp_path):
    sheets = build()
    wrong = [("Units", 3, "Kind"), ("Decision lines", 0, "FY28"), ("Account codes", 0, "Name")]
    for sheet, row, column in wrong:
        sheets[sheet][row][column] = None if column == "Name" else "x"
    found = preview(save(sheets, tmp_path / "season.xlsx"))
    assert {fault.place for fault in found.faults} == {cell_of(sheets, *place) for place in wrong}
