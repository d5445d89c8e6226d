"""Writes the workbook."""

import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from activity.cells import LONGEST, letter_of

from ..arithmetic.lines import YEARS
from ..models import Proposal
from .shape import CODES, SHEET, STATE, WIDE, columns, name_of, plain_lines

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def written(proposal: Proposal, codes: dict[str, list]) -> bytes:
    """The workbook: the lines, the codes that may be used, and what the lines were when it was written."""
    from openpyxl import Workbook

    lines, book = plain_lines(proposal), Workbook()
    sheet = book.active
    sheet.title = SHEET
    shown = columns(proposal.season)
    _put_row(sheet, 1, ["Line", *(header for header, _reader in shown.values())], bold=True)
    for row, (number, line) in enumerate(lines.items(), start=2):
        _put_row(sheet, row, [number, *(_shown(name, line[name]) for name in shown)])
    for index, name in enumerate(shown, start=2):
        sheet.column_dimensions[letter_of(index)].width = WIDE.get(name, 14)
    sheet.freeze_panes = "C2"
    _put_codes(book.create_sheet(CODES), codes)
    state = book.create_sheet(STATE)
    state.sheet_state = "hidden"
    _put_row(state, 1, ["Proposal", name_of(proposal)])
    for row, (number, line) in enumerate(lines.items(), start=2):
        _put_row(state, row, [number, *_pieces(json.dumps(line, ensure_ascii=True))])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _pieces(text: str) -> list[str]:
    """A long note is more, as JSON, than one cell holds; what is too long for it would be cut unsaid."""
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]


def _shown(name: str, value: Any) -> Any:
    if name in YEARS:
        return Decimal(value) / 100
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return Decimal(value) if name == "fte" and value else value


def _put_codes(sheet: "Worksheet", codes: dict[str, list]) -> None:
    _put_row(sheet, 1, ["Column", "Code", "Name"], bold=True)
    labels = {
        "unit": "Unit that spends", "fund": "Paid from", "position": "Position", "function": "Function",
        "object": "Object, Object of the benefits",
    }  # fmt: skip
    listed = [(label, row) for kind, label in labels.items() for row in codes[kind]]
    for number, (label, row) in enumerate(listed, start=2):
        _put_row(sheet, number, [label, row.code, row.name])


def _put_row(sheet: "Worksheet", row: int, values: list, *, bold: bool = False) -> None:
    from openpyxl.styles import Font

    for column, value in enumerate(values, start=1):
        cell: Cell = sheet.cell(row=row, column=column)
        if isinstance(value, str):
            # Always text: a description that begins with = is no formula.
            cell.value, cell.data_type = value.replace("\r", ""), "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        else:
            cell.value = value
        if bold:
            cell.font = Font(bold=True)
