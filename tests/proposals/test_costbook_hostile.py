"""Workbooks of cost lines that would take the machine are refused before they are parsed."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activity.opening import Unopenable
from proposals import costbook
from proposals.actions import sponsors

from .test_costbook import exported, saved


def padded(content: bytes, **parts: bytes) -> bytes:
    """The workbook with such parts in place of its own, or beside them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"xl/worksheets/sheet1.xml": b"<row>" + b"<c/>" * 210_000}, "too many rows and cells"),
        ({"xl/sharedStrings.xml": b"<si/>" * 210_000}, "too many texts"),
        ({"xl/media/image1.png": b"\1" * 17 * 1024 * 1024}, "more than 16 MB"),
    ],
)
def test_what_no_cost_lines_need_is_refused_before_it_is_parsed(joint_draft, monkeypatch, part, words):
    content = padded(saved(exported(joint_draft)), **part)
    monkeypatch.setattr("openpyxl.load_workbook", None)
    with pytest.raises(Unopenable, match=words):
        costbook.read(content, joint_draft)


def test_a_thousand_lines_and_many_codes_are_taken(joint_draft):
    book = exported(joint_draft)
    for number in range(990):
        book["Cost lines"].append(
            ["", f"Line {number}", "TL", "GF", "", "", "No", *[number] * 3, "1000", "610"]
        )
    for number in range(10_000):
        book["Codes"].append(["Unit that spends", f"C{number}", f"Unit {number}"])
    assert len(costbook.read(saved(book), joint_draft).rows) == joint_draft.cost_lines.count() + 990


def test_who_may_not_edit_has_no_workbook_read(
    joint_draft, units, lead_head, principal, signed_in, monkeypatch
):
    """People of an invited unit see the workspace; a file of theirs is not looked into."""
    monkeypatch.setattr(costbook, "read", None)
    sponsors.invite_sponsor(proposal=joint_draft, unit=units["BMS"], by=lead_head)
    file = SimpleUploadedFile("lines.xlsx", saved(exported(joint_draft)))
    url = reverse("costs_sheet", args=[joint_draft.pk])
    page = signed_in(principal).post(url, {"workbook": file, "once": "1"})
    assert page.status_code == 200 and "is invited" in page.text
