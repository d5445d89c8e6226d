"""Cost lines out to a workbook and back: nothing is lost, others' changes are seen, hostile files refused."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.opening import Unopenable
from activity.refused import Refused
from proposals import costbook
from proposals.actions import costs, importing
from proposals.arithmetic import sum_of, sums_by
from proposals.arithmetic.lines import Edited, changes_between
from proposals.money import codes_of

from .test_cost_pages import books  # noqa: F401


@pytest.fixture
def lead(lead_head, signed_in):
    return signed_in(lead_head)


@pytest.fixture
def lined(joint_draft, books, lead_head):  # noqa: F811
    """A draft with a post and two other lines; one begins like a formula."""
    for words, cents in (("=SUM(A1:A9)", 1), ("Bus rides", 123_456_789_012_34)):
        values = {**books, "description": words, "year1_cents": cents, "year2_cents": cents, "year3_cents": 0}
        costs.add_cost_line(proposal=joint_draft, values=values, by=lead_head)
    return joint_draft


def exported(proposal) -> openpyxl.Workbook:
    content = costbook.written(proposal, codes_of(proposal.season.name, units=True))
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _changes(proposal, book):
    read = costbook.read(saved(book), proposal)
    assert not read.faults
    stands = costbook.plain_lines(proposal)
    return (
        read.began,
        read.rows,
        importing.changes_to(proposal, began=read.began, stands=stands, rows=read.rows),
    )


def _import(proposal, book, by, mine=()):
    began, rows, changes = _changes(proposal, book)
    codes = costbook.codes_by_name(codes_of(proposal.season.name, units=True))
    return importing.import_costs(
        proposal=proposal, began=began, rows=rows, codes=codes, seen=importing.digest_of(changes),
        mine=mine, by=by,
    )  # fmt: skip


def test_what_is_not_edited_changes_nothing(lined, lead_head):
    book = exported(lined)
    assert book["Cost lines"]["B3"].value == "=SUM(A1:A9)" and book["Cost lines"]["B3"].data_type == "s"
    before = list(lined.cost_lines.values())
    assert _changes(lined, book)[2].is_empty
    assert _import(lined, book, lead_head) == (0, 0, 0)
    assert list(lined.cost_lines.values()) == before


@pytest.mark.parametrize("note", ["é" * 32_767, "plain " * 5_461, "🚌 \n= " * 5_000])
def test_the_longest_notes_come_back_as_they_went(lined, lead_head, note):
    line = lined.cost_lines.get(number=3)
    said = {"description": "Vans", "year1_cents": 5, "note": note}
    costs.change_cost_line(line=line, values=said, by=lead_head)
    book = exported(lined)
    assert all(len(c.value or "") <= 32_767 for row in book["State"].iter_rows(min_col=2) for c in row)
    assert _changes(lined, book)[2].is_empty
    book["Cost lines"]["B4"] = "Trips"
    assert _import(lined, book, lead_head) == (0, 1, 0)
    line.refresh_from_db()
    assert (line.description, line.note) == ("Trips", note.strip())


def test_a_note_that_no_cell_holds_is_refused(lined, lead, lead_head):
    line, note = lined.cost_lines.get(number=3), "é" * 32_768
    with pytest.raises(Refused, match="Shorten the note to 32,767 characters"):
        costs.change_cost_line(line=line, values={"note": note, "year1_cents": 5}, by=lead_head)
    page = lead.post(reverse("cost_line", args=[lined.pk, 3]), {"note": note, "once": "1"})
    assert "at most 32767 characters" in page.context["form"].errors["note"][0]


def test_lines_are_added_changed_and_removed_at_once(lined, lead_head):
    book = exported(lined)
    sheet = book["Cost lines"]
    sheet["F2"], sheet["H4"] = 1, "$1,000.50"
    sheet.delete_rows(3)
    sheet.append(["", "Paper", "TL", "GF", "", "", "No", 12.34, "", "", "1000", "610"])
    assert _import(lined, book, lead_head) == (1, 2, 1)
    lines = {line.description: line for line in lined.cost_lines.all()}
    assert lines["Coaches"].years[0] == 10_645_400 and lines["Bus rides"].year1_cents == 1_000_50
    assert lines["Paper"].years == [12_34, 0, 0] and len(lines) == 3
    assert lines["Bus rides"].year2_cents == 123_456_789_012_34


def test_what_others_changed_meanwhile_is_shown_and_stays_unless_chosen(lined, lead_head, lead_deputy):
    book = exported(lined)
    sheet = book["Cost lines"]
    sheet["B4"], sheet["O4"] = "Coaches to school", "Mine"
    sheet.delete_rows(2)
    rides = lined.cost_lines.get(number=3)
    costs.change_cost_line(line=rides, values={"description": "Vans", "year1_cents": 5}, by=lead_deputy)
    costs.change_cost_line(
        line=lined.cost_lines.get(number=1), values={"fte": Decimal(1), "position": rides.position or
        lined.cost_lines.get(number=1).position, "is_recurring": True}, by=lead_deputy,
    )  # fmt: skip
    clash = _changes(lined, book)[2].clashing
    assert {c.number: dict(c.theirs).get("description") or dict(c.theirs).get("fte") for c in clash} == {
        3: "Vans", 1: "1",
    }  # fmt: skip
    assert _import(lined, book, lead_head) == (0, 0, 0)
    assert lined.cost_lines.get(number=3).description == "Vans"
    assert _import(lined, book, lead_head, mine={1, 3}) == (0, 1, 1)
    rides.refresh_from_db()
    assert (rides.description, rides.note, rides.year1_cents) == ("Coaches to school", "Mine", 5)


def test_a_line_that_others_removed_comes_back_only_when_chosen(lined, lead_head, lead_deputy):
    book = exported(lined)
    book["Cost lines"]["B4"] = "Trips"
    costs.remove_cost_line(line=lined.cost_lines.get(number=3), by=lead_deputy)
    assert _import(lined, book, lead_head) == (0, 0, 0)
    assert _import(lined, book, lead_head, mine={3}) == (0, 1, 0)
    assert lined.cost_lines.get(description="Trips").year1_cents == 123_456_789_012_34


def test_what_was_not_seen_is_not_done(lined, lead_head, stranger):
    book = exported(lined)
    book["Cost lines"]["B4"] = "Trips"
    began, rows, _ = _changes(lined, book)
    act = {"proposal": lined, "began": began, "rows": rows, "codes": {}, "mine": (), "seen": "x"}
    with pytest.raises(Refused, match="changed since you looked"):
        importing.import_costs(**act, by=lead_head)
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        importing.import_costs(**act, by=stranger)


@pytest.mark.parametrize(
    ("cell", "value", "allowed"),
    [
        ("A4", 9, "a line of the export"), ("A4", 2, "each line once"), ("H4", "lots", "dollars with"),
        ("H4", 1.005, "dollars with"), ("H4", -1, "dollars with|from 0"), ("F2", 1.234, "2 decimals"),
        ("G4", "maybe", "Yes or No"), ("B4", "x" * 301, "at most 300"), ("C4", "=1+1", "formula"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_read(lined, cell, value, allowed):
    book = exported(lined)
    book["Cost lines"][cell] = value
    fault = costbook.read(saved(book), lined).faults[0]
    assert fault.cell == cell and re.search(allowed, fault.allowed)


@pytest.mark.parametrize(
    ("cell", "value", "allowed"),
    [
        ("C4", "Teaching learning", "Write TL; see sheet Codes"),
        ("D4", "XX", "a code of the sheet Codes"), ("C4", "", "a code of the sheet Codes"), ("F2", "", "FTE"),
        ("F4", 2, "FTE counts only with a position. Choose the position, or empty FTE"),
        ("B4", "", "what is bought"), ("H4", "", "the amount of the first year"), ("L4", "", "a code"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be(lined, lead, lead_head, cell, value, allowed):
    book = exported(lined)
    book["Cost lines"][cell] = value
    with pytest.raises(Refused, match=allowed):
        _import(lined, book, lead_head)
    page = lead.post(reverse("costs_sheet", args=[lined.pk]), {"workbook": _file(saved(book)), "once": "1"})
    assert [fault.cell for fault in page.context["faults"]] == [cell]
    assert "Do all of this" not in page.text


def _file(content: bytes, name: str = "lines.xlsx"):
    return SimpleUploadedFile(name, content)


def test_by_hand(lined, lead):
    answer = lead.get(reverse("costs_export", args=[lined.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    book["Cost lines"]["B4"], book["Cost lines"]["H4"] = "Trips", 7
    url = reverse("costs_sheet", args=[lined.pk])
    page = lead.post(url, {"workbook": _file(saved(book)), "once": "1"})
    assert "Trips" in page.text and "Do all of this" in page.text
    data = {name: page.context[name] for name in ("sent", "seen")}
    with CaptureQueriesContext(connection) as queries:
        done = lead.post(reverse("costs_apply", args=[lined.pk]), {**data, "once": "2"})
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    acts = [q["sql"] for q in queries.captured_queries if not q["sql"].upper().startswith(marks)]
    assert done.url == reverse("proposal_costs", args=[lined.pk]) and len(acts) <= 16, len(acts)
    assert lined.cost_lines.get(number=3).description == "Trips"
    again = lead.post(reverse("costs_apply", args=[lined.pk]), {**data, "once": "3"}, follow=True)
    assert "changed since you looked" in again.text
    forged = lead.post(reverse("costs_apply", args=[lined.pk]), {"sent": "x", "once": "4"}, follow=True)
    assert "Choose the workbook again" in forged.text


def test_files_of_another_kind_are_refused(lined, draft, lead):
    url = reverse("costs_sheet", args=[lined.pk])
    other = openpyxl.Workbook()
    for n, (file, words) in enumerate((
        (_file(b"MZ" * 100), "no .xlsx workbook"), (_file(b"x", "a.xlsm"), "no .xlsx workbook"),
        (_file(saved(other)), "has no sheet State"), (_file(b"x" * (costbook.MOST_BYTES + 1)), "too large"),
    )):  # fmt: skip
        assert words in lead.post(url, {"workbook": file, "once": str(n)}).text
    book = exported(lined)
    book["State"]["B1"] = "FY27 P-99"
    with pytest.raises(Unopenable, match="was not exported from"):
        costbook.read(saved(book), lined)
    book = exported(lined)
    book["State"]["B2"] = "[" * 1000
    with pytest.raises(Unopenable, match="State was changed"):
        costbook.read(saved(book), lined)


cents = st.integers(0, 10**14)
calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(
    st.lists(st.fixed_dictionaries({"unit": st.sampled_from("AB"), "cents": st.tuples(cents, cents, cents)}))
)
def test_totals_are_the_sum_of_their_lines(rows):
    content = {"cost_lines": rows}
    total = sum_of(content)
    assert total.total == sum(sum(row["cents"]) for row in rows)
    by_unit = sums_by(content, "unit")
    assert [sum(column) for column in zip(*(s.cents for s in by_unit), strict=True)] == (
        total.cents if rows else []
    )


@calm
@given(cents)
def test_an_amount_comes_back_to_the_cent(amount):
    assert costbook.dollars(amount / 100) == costbook.dollars(Decimal(amount) / 100) == amount


plain = st.fixed_dictionaries(
    {"description": st.text(max_size=5), "year1_cents": cents, "position": st.sampled_from(["", "COACH"])}
)


@calm
@given(st.dictionaries(st.integers(1, 9), plain), st.dictionaries(st.integers(1, 9), plain))
def test_rows_as_exported_never_change_what_others_did(began, stands):
    rows = [Edited(n, number, values) for n, (number, values) in enumerate(began.items())]
    assert changes_between(began, stands, rows).is_empty
