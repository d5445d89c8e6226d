"""Reads an edited workbook; every cell that cannot be taken is a fault."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from activity import cells
from activity.opening import Caps, Opened, Unopenable, opened
from activity.sheets import Fault, quoted

from ..arithmetic.lines import Edited, Plain
from ..models import Proposal
from .shape import EMPTY, MOST_ROWS, SHEET, STATE, columns, name_of

# A thousand lines and ten thousand codes take 3 MB and 150,000 marks.
CAPS = Caps(unpacked=16 * 1024 * 1024, marks=200_000, texts=200_000)

Columns = dict[str, tuple[str, Callable[[Any], Any]]]


class Workbook(NamedTuple):
    """What the lines were when it was written, its rows that can be read, and what cannot be taken.

    `unread` are the lines of which a row may speak that cannot be read; `partial` are the rows that
    cannot be taken, with those of their cells that can be read: they are checked with the others.
    """

    began: dict[int, Plain]
    rows: list[Edited]
    faults: list[Fault]
    unread: frozenset[int]
    partial: list[Edited]


def read(content: bytes, proposal: Proposal) -> Workbook:
    """Read an export that was edited. Raises Unopenable."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content)
        told = "an export of the cost lines holds; export them again"
        book = opened(path, sheet=STATE, told=told, caps=CAPS)
        try:
            return _edited(book, proposal, _began(book, proposal))
        finally:
            book.close()


def _began(book: Opened, proposal: Proposal) -> dict[int, Plain]:
    rows = list(_rows(book, STATE))
    if not rows or [cell.value for cell in rows[0][1][:2]] != ["Proposal", name_of(proposal)]:
        raise Unopenable(f"This workbook was not exported from {name_of(proposal)}. Export its lines first.")
    names = set(columns(proposal.season))
    try:
        lines = {int(row[0].value): json.loads(_whole(row[1:])) for _number, row in rows[1:]}
        if not all(isinstance(line, dict) and set(line) == names for line in lines.values()):
            raise ValueError
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
        raise Unopenable("The hidden sheet State was changed. Export the lines again.") from None
    return lines


def _whole(pieces: tuple) -> str:
    return "".join(cell.value for cell in pieces if cell.value is not None)


def _rows(book: Opened, name: str) -> Iterator[tuple[int, tuple]]:
    """Rows that hold anything, with their numbers."""
    if name not in book.workbook.sheetnames or not hasattr(book.workbook[name], "reset_dimensions"):
        raise Unopenable(f"The workbook has no sheet {name}. Export the lines again.")
    sheet = book.workbook[name]
    sheet.reset_dimensions()
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=40), start=1):
            if number > MOST_ROWS:
                raise Unopenable(f"The sheet {name} has more than {MOST_ROWS:,} rows.")
            if any(cell.value not in (None, "") for cell in row):
                yield number, row
    except (GeneratorExit, Unopenable):
        raise
    except Exception as error:  # whatever a broken part makes the library raise
        raise Unopenable(f"The sheet {name} is damaged; save the workbook again as .xlsx.") from error


def _edited(book: Opened, proposal: Proposal, began: dict[int, Plain]) -> Workbook:
    rows = _rows(book, SHEET)
    number, header = next(rows, (0, ()))
    try:
        places = {cells.cleaned(str(cell.value)).casefold(): n for n, cell in enumerate(header) if cell.value}
    except ValueError:
        raise Unopenable(f"A header of the sheet {SHEET} cannot be read. Keep those of the export.") from None
    wanted: Columns = {"number": ("Line", _number_in(began)), **columns(proposal.season)}
    missing = [label for label, _reader in wanted.values() if label.casefold() not in places]
    if number != 1 or missing:
        found = f"The column “{missing[0]}” is missing" if missing else "The first row is empty"
        raise Unopenable(f"{found}. Keep the headers of the export in row 1 of the sheet {SHEET}.")
    edited: list[Edited] = []
    partial: list[Edited] = []
    faults: list[Fault] = []
    named: set[int] = set()
    unread: set[int] = set()
    for row_number, row in rows:
        values, wrong = _values(row, row_number, wanted, places)
        if "number" not in values or values["number"] in named:
            unread |= began.keys()  # it may speak of any
        line = values.pop("number", None)
        if line in named:
            partial += [row for row in edited if row.number == line]  # which of the two is meant?
            edited = [row for row in edited if row.number != line]
            wrong.append(Fault(SHEET, f"A{row_number}", f"found {line} again", "each line once", row_number))
        if line is not None:
            named.add(line)
            unread |= {line} if wrong else set()
        (partial if wrong else edited).append(Edited(row_number, line, values))
        faults += wrong
    return Workbook(began, edited, faults, frozenset(unread), partial)


def _values(
    row: tuple, row_number: int, wanted: Columns, places: dict[str, int]
) -> tuple[dict[str, Any], list[Fault]]:
    values, wrong = {}, []
    for name, (label, reader) in wanted.items():
        index = places[label.casefold()]
        cell = row[index] if index < len(row) else None
        try:
            values[name] = _value(cell, name, reader)
        except ValueError as error:
            place = f"{cells.letter_of(index + 1)}{row_number}"
            wrong.append(Fault(SHEET, place, f"found {quoted(cell.value)}", str(error), row_number))
    return values, wrong


def _number_in(began: dict[int, Plain]) -> Callable[[Any], int]:
    def read_number(value: Any) -> int:
        number = cells.whole(1, 32_767)(value)
        if number not in began:
            raise ValueError("a line of the export, or nothing for a new line")
        return number

    return read_number


def _value(cell: Any, name: str, reader: Callable[[Any], Any]) -> Any:
    if cell is None or cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return EMPTY.get(name, "")
    if cell.data_type == "f":
        raise ValueError("a value; the cell holds a formula: paste it as a value")
    if cell.data_type == "e":
        raise ValueError("a value; the cell holds an error of the spreadsheet program")
    return reader(cell.value)
