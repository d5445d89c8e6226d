"""What a workbook of cost lines would do, shown before it is done, and all its faults at once."""

import pytest
from django.urls import reverse

from proposals.actions import costs

from .test_cost_pages import books  # noqa: F401
from .test_costbook import _file, _import, exported, lead, lined, saved  # noqa: F401


@pytest.mark.parametrize(("cell", "value"), [("H2", "lots"), ("A2", 9), ("A2", 3), ("D2", "XX")])
def test_what_is_refused_stands_beside_what_the_rest_would_do(lined, lead, cell, value):  # noqa: F811
    """One bad cell hides no good change, and its line is not called removed; nothing is written."""
    book = exported(lined)
    sheet = book["Cost lines"]
    sheet[cell], sheet["B3"] = value, "Trips"
    sheet.append(["", "Paper", "TL", "GF", "", "", "No", 12.34, "", "", "1000", "610"])
    page = lead.post(reverse("costs_sheet", args=[lined.pk]), {"workbook": _file(saved(book)), "once": "1"})
    assert len(page.context["faults"]) == 1
    changes = page.context["changes"]
    assert [row.values["description"] for row in changes.added] == ["Paper"]
    assert "Trips" in page.text and "once that is corrected" in page.text
    assert changes.removed == [] and "Do all of this" not in page.text
    assert not lined.cost_lines.filter(description__in=["Trips", "Paper"]).exists()


def test_later_years_that_growth_made_follow_in_the_preview_and_in_the_lines(
    joint_draft, books, lead, lead_head  # noqa: F811
):  # fmt: skip
    costs.add_cost_line(proposal=joint_draft, values={**books, "year1_cents": 12_345_67}, by=lead_head)
    stated = {**books, "description": "Vans", "year2_cents": 5_00}
    costs.add_cost_line(proposal=joint_draft, values=stated, by=lead_head)
    book = exported(joint_draft)
    book["Cost lines"]["H3"] = book["Cost lines"]["H4"] = 14_000
    url = reverse("costs_sheet", args=[joint_draft.pk])
    page = lead.post(url, {"workbook": _file(saved(book)), "once": "1"})
    said = {line["what"]: [row["after"] for row in line["fields"]] for line in page.context["words"]}
    assert said == {"Bus rides": ["$14,000", "$14,350", "$14,709"], "Vans": ["$14,000", "$14,709"]}
    assert page.text.count("as stated") == 1 and "FY28 stays as stated" in page.text
    assert "FY28 in dollars, by the season&#x27;s growth" in page.text
    assert _import(joint_draft, book, lead_head) == (0, 2, 0)
    years = {line.description: line.years[1:] for line in joint_draft.cost_lines.all()}
    assert years["Bus rides"] == [14_350_00, 14_709_00] and years["Vans"] == [5_00, 14_709_00]


def test_the_preview_says_what_it_costs_before_and_then(lined, books, lead, lead_head):  # noqa: F811
    book = exported(lined)
    sheet = book["Cost lines"]
    sheet["F2"] = 1
    sheet.delete_rows(3)
    sheet.append(["", "Vans", "TL", "T1A", "", "", "Yes", 1000, "", "", "2700", "610", "", "Yes"])
    url = reverse("costs_sheet", args=[lined.pk])
    page = lead.post(url, {"workbook": _file(saved(book)), "once": "1"})
    first = lined.cost_lines.get(number=1)
    lines = {line.values["description"]: (line.before, line.after) for line in page.context["costed"]}
    assert lines["Vans"] == ([0, 0, 0], [1_000_00, 1_025_00, 1_051_00])
    assert lines["Coaches"] == (first.years, [10_645_400, 10_998_900, 11_365_200]) and len(lines) == 2
    assert page.context["total_before"] == [sum(c) for c in zip(*_years(lined), strict=True)]
    assert "Title I, Part A (T1A) pays functions 1000-2199, not 2700." in page.text
    assert "1 line would not fit the rules of its fund." in page.text
    _import(lined, book, lead_head)
    assert page.context["total_after"] == [sum(c) for c in zip(*_years(lined), strict=True)]


def test_the_total_of_the_preview_leaves_out_what_others_changed(lined, lead, lead_deputy):  # noqa: F811
    book = exported(lined)
    book["Cost lines"]["H4"] = 7
    costs.change_cost_line(line=lined.cost_lines.get(number=3), values={"year1_cents": 5_00}, by=lead_deputy)
    page = lead.post(reverse("costs_sheet", args=[lined.pk]), {"workbook": _file(saved(book)), "once": "1"})
    assert page.context["total_after"] == page.context["total_before"]
    assert "only if you tick it" in page.text and "without what you may tick" in page.text


def _years(proposal) -> list[list[int]]:
    return [line.years for line in proposal.cost_lines.all()]


def test_every_cell_is_checked_at_once(lined, lead):  # noqa: F811
    """A row with a cell that cannot be read has its other cells checked, too; so has a line named twice."""
    book = exported(lined)
    sheet = book["Cost lines"]
    sheet["H4"], sheet["D4"], sheet["B4"], sheet["L4"] = "lots", "XX", "", ""
    sheet["A3"], sheet["C2"] = 1, "YY"
    page = lead.post(reverse("costs_sheet", args=[lined.pk]), {"workbook": _file(saved(book)), "once": "1"})
    assert [f.cell for f in page.context["faults"]] == ["C2", "A3", "B4", "D4", "H4", "L4"]


def test_a_name_that_only_one_has_is_taken_for_its_code(lined, lead, units, accounts):  # noqa: F811
    book = exported(lined)
    sheet = book["Cost lines"]
    assert sheet["C4"].value == "TL"
    sheet["B4"], sheet["C4"], sheet["D4"] = "Trips", "Teaching and learning", "gf"
    sheet["C3"], sheet["L4"] = units["BMS"].name, str(accounts["610"]).upper()
    url = reverse("costs_sheet", args=[lined.pk])
    page = lead.post(url, {"workbook": _file(saved(book)), "once": "1"})
    assert page.context["faults"] == []
    changed = {change.number: dict(change.values) for change in page.context["changes"].changed}
    assert changed[2] == {"unit": "BMS"} and changed[3].keys() == {"description", "fund"}
    data = {name: page.context[name] for name in ("sent", "seen")}
    lead.post(reverse("costs_apply", args=[lined.pk]), {**data, "once": "2"})
    line = lined.cost_lines.get(number=3)
    assert (line.unit.code, line.fund.code, line.object.code) == ("TL", "GF", "610")
    units["TL"].name = units["BMS"].name  # now two have it
    units["TL"].save()
    page = lead.post(url, {"workbook": _file(saved(book)), "once": "3"})
    assert [f.allowed for f in page.context["faults"] if f.cell == "C3"] == [
        "Write BMS or TL; see sheet Codes"
    ]
