"""Reads the sheets of an opened workbook into typed rows; every cell that cannot be read is a fault."""

import time
from collections.abc import Iterator
from datetime import time as clock_time
from typing import TYPE_CHECKING, Any

from activity.cells import letter_of, one_line
from activity.opening import Opened, Unopenable
from activity.sheets import Book, Column, Fault, Row, Table, quoted
from goals.imports import SeasonRow
from goals.models import Season

from .kinds import RECORDS, SETTINGS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_ROWS = 250_000
MOST_COLUMNS = 200
MOST_FAULTS = 20_000
PATIENCE = 60  # seconds for a whole workbook
_ERRORS = ("#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")


class TooMuch(Unopenable):
    """Reading was given up."""


class Reader:
    """One pass over a workbook."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.book = Book()
        self.facts: dict[str, Any] = {}
        self.ends = time.monotonic() + PATIENCE
        self.sheets = {" ".join(name.split()).casefold(): name for name in opened.workbook.sheetnames}
        self.results: Workbook | None = None
        self.stored: dict[str, list[tuple]] = {}
        self.words = {"year0": "", "year1": "", "year2": "", "year3": ""}
        self.ratings: list[str] = []

    def read(self) -> Book:
        self._read_settings()
        self._name_years()
        for kind in RECORDS:
            self._read_sheet(kind)
        known = {kind.SHEET.casefold() for kind in [*RECORDS, *SETTINGS]}
        for folded, name in self.sheets.items():
            if folded not in known:
                self.book.notice(f"The sheet {name} is not known and was not read.")
        return self.book

    # --- raw rows ---------------------------------------------------------------------------

    def _raw(self, sheet: str) -> Iterator[tuple[int, list]]:
        """Row numbers with their filled cells as (column number, cell)."""
        for number, cells in enumerate(self._parsed(self.opened.workbook, sheet), start=1):
            if number > MOST_ROWS:
                raise TooMuch(f"The sheet {sheet} has more than {MOST_ROWS:,} rows.")
            if number % 200 == 0 and time.monotonic() > self.ends:
                raise TooMuch(f"Reading was given up after {PATIENCE} seconds in the sheet {sheet}.")
            filled = [(index, cell) for index, cell in enumerate(cells, start=1) if _says(cell.value)]
            if filled:
                yield number, filled

    def _parsed(self, workbook: "Workbook", sheet: str) -> Iterator[tuple]:
        """Rows as the library parses them; what a broken part makes it raise becomes a sentence."""
        worksheet = workbook[sheet]
        if not hasattr(worksheet, "reset_dimensions"):
            raise Unopenable(f"{sheet} is a chart; the workbook needs a sheet of that name.")
        worksheet.reset_dimensions()  # what a file says of its own size is not relied on
        try:
            yield from worksheet.iter_rows(max_col=MOST_COLUMNS)
        except (GeneratorExit, Unopenable):
            raise
        except Exception as error:
            raise Unopenable(f"The sheet {sheet} is damaged; save the workbook again as .xlsx.") from error

    def _result(self, sheet: str, row: int, column: int) -> Any:
        """The stored result of a formula, or None; results are read once for each sheet with formulas."""
        if self.results is None:
            self.results = self.opened.with_results()
        if sheet not in self.stored:
            rows = self._parsed(self.results, sheet)
            self.stored[sheet] = [tuple(cell.value for cell in cells) for cells in rows]
        rows = self.stored[sheet]
        return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None

    def value_of(self, sheet: str, row: int, column: int, cell) -> Any:
        """The raw value of a cell. Raises ValueError for errors and for formulas without a result."""
        value = cell.value
        if cell.data_type == "f":
            found = self._result(sheet, row, column)
            if found is None:
                raise ValueError(
                    "a value; the cell holds a formula without a stored result: paste it as a value"
                )
            self.book.notice(f"{sheet}!{letter_of(column)}{row}: a formula was taken as its stored result.")
            value = found
        if cell.data_type == "e" or (isinstance(value, str) and value.strip() in _ERRORS):
            raise ValueError("a value; the cell holds an error of the spreadsheet program")
        if isinstance(value, clock_time) or type(value).__name__ in ("timedelta", "ArrayFormula"):
            raise ValueError("a value of another kind; format the cell as text and type it again")
        return value

    # --- settings ---------------------------------------------------------------------------

    def _read_settings(self) -> None:
        sheet = self.sheets.get("district")
        if sheet is None:
            raise Unopenable("The workbook has no sheet District, which names the district and the season.")
        found = self._settings_found(sheet)
        for kind in SETTINGS:
            row = kind(number=2)
            table = Table(kind.SHEET, rows=[row])
            self.book.tables[kind] = table
            for name, column in kind.columns().items():
                self._take_setting(row, name, column, found.pop(column.header.casefold(), None), table)
        for label, cell, value in found.values():
            self.facts[label] = value.date().isoformat() if hasattr(value, "date") else value
            if not isinstance(self.facts[label], str | int | float | bool):
                self._fault(sheet, cell, value, "text, a number, a date, or Yes or No", int(cell[1:]))

    def _settings_found(self, sheet: str) -> dict[str, tuple[str, str, Any]]:
        """Settings by folded name: the name, the cell of the value, the value."""
        columns, found = None, {}
        for number, cells in self._raw(sheet):
            if columns is None:
                columns = {str(cell.value).strip().casefold(): index for index, cell in cells}
                if "setting" not in columns or "value" not in columns:
                    raise Unopenable("The sheet District needs the columns Setting and Value in row 1.")
                continue
            row = dict(cells)
            if columns["setting"] not in row:
                continue
            label = " ".join(str(row[columns["setting"]].value).split())
            cell = f"{letter_of(columns['value'])}{number}"
            if label.casefold() in found:
                self._fault(sheet, cell, label, "each setting once", number)
                continue
            found[label.casefold()] = (label, cell, self._setting_value(sheet, number, columns, row, cell))
        return found

    def _setting_value(self, sheet: str, number: int, columns: dict, row: dict, cell: str) -> Any:
        if columns["value"] not in row:
            return ""
        try:
            return self.value_of(sheet, number, columns["value"], row[columns["value"]])
        except ValueError as error:
            self._fault(sheet, cell, row[columns["value"]].value, str(error), number)
            return ""

    def _take_setting(self, row: Row, name: str, column: Column, found, table: Table) -> None:
        if found is None or found[2] == "":
            if column.required:
                cell = found[1] if found else ""
                table.places[name] = cell
                self._fault(table.sheet, cell, "", f"the setting “{column.header}” with its value", None)
            return
        _label, cell, value = found
        table.places[name] = cell
        try:
            setattr(row, name, column.reader(value))
        except ValueError as error:
            self._fault(table.sheet, cell, value, str(error), None)

    def _name_years(self) -> None:
        season = self.book.one(SeasonRow)
        if not season.name:
            return
        names = Season(name=season.name, years_costed=4).years
        stem = season.name.rstrip("0123456789")
        digits = season.name[len(stem) :]
        self.words = {f"year{n + 1}": year for n, year in enumerate(names)}
        self.words["year0"] = f"{stem}{str(max(int(digits) - 1, 0)).zfill(len(digits))}"
        low, high = season.rating_from, season.rating_to
        self.ratings = [str(n) for n in range(low, high + 1)] if low is not None and high else []

    # --- records ----------------------------------------------------------------------------

    def _read_sheet(self, kind: type[Row]) -> None:
        sheet = self.sheets.get(kind.SHEET.casefold())
        table = Table(kind.SHEET)
        self.book.tables[kind] = table
        raw = self._raw(sheet) if sheet else iter(())
        number, header = next(raw, (0, []))
        if number != 1:
            if kind.NEEDED:
                self.book.refuse_sheet(
                    kind.SHEET, "the sheet is missing or empty", "a workbook with this sheet"
                )
            return
        columns = self._columns(kind, table, header)
        if columns is None:
            return
        for number, cells in raw:
            row = self._row(kind, sheet, number, dict(cells), columns)
            if row is not None:
                table.rows.append(row)
        if kind.NEEDED and not table.rows and not self.book.faults:
            self.book.refuse_sheet(kind.SHEET, "the sheet has no rows", "at least one row")

    def _wanted(self, kind: type[Row]) -> Iterator[tuple[str, str, Column]]:
        """(field, header, column) of a kind in this season."""
        costed = self.book.one(SeasonRow).years_costed or 3
        for name, column in kind.columns().items():
            if column.header == "{ratings}":
                for rating in self.ratings:
                    yield f"{name}.{rating}", rating, column
            elif not ("{year2}" in column.header and costed < 2) and not (
                "{year3}" in column.header and costed < 3
            ):
                yield name, column.header.format(**self.words), column

    def _columns(self, kind: type[Row], table: Table, header: list) -> list | None:
        """(index, field, column) of the known columns; None when a needed column is missing."""
        places: dict[str, tuple[int, str]] = {}
        for index, cell in header:
            try:
                label = one_line(cell.value)
                places.setdefault(label.casefold(), (index, label))
            except ValueError:
                self.book.notice(f"{kind.SHEET}: the header in column {letter_of(index)} is no text.")
        columns, missing = [], []
        for name, label, column in self._wanted(kind):
            index, _label = places.pop(label.casefold(), (None, ""))
            if index is not None:
                columns.append((index, name, column))
                table.letters[name] = letter_of(index)
            elif column.required or column.stands:
                missing.append(label)
        for _index, label in places.values():
            self.book.notice(f"{kind.SHEET}: the column “{label}” is not known and was not read.")
        for label in missing:
            self.book.refuse_sheet(
                kind.SHEET, f"the column “{label}” is missing", f"a header “{label}” in row 1"
            )
        return None if missing else columns

    def _row(self, kind: type[Row], sheet: str, number: int, cells: dict, columns: list) -> Row | None:
        """The typed row, or None when a cell of it cannot be read."""
        row, faults = kind(number=number), 0
        for index, name, column in columns:
            cell, place = cells.get(index), f"{letter_of(index)}{number}"
            if cell is None:
                if column.required:
                    faults += 1
                    self._fault(sheet, place, "", "a value; this cell must be filled", number)
                continue
            try:
                value = column.reader(self.value_of(sheet, number, index, cell))
            except ValueError as error:
                faults += 1
                self._fault(sheet, place, cell.value, str(error), number)
                continue
            _put(row, name, value)
        if faults:
            self.book.left_out.add((kind, row.key))
            return None
        return row

    def _fault(self, sheet: str, cell: str, value: Any, allowed: str, row: int | None) -> None:
        if len(self.book.faults) >= MOST_FAULTS:
            raise TooMuch(
                f"The workbook has more than {MOST_FAULTS:,} faults; the first is {self.book.faults[0]}"
            )
        found = "the cell is empty" if value is None or value == "" else f"found {quoted(value)}"
        self.book.faults.append(Fault(sheet, cell, found, allowed, row))


def _says(value: Any) -> bool:
    """Does the cell hold anything but spaces?"""
    return value is not None and not (isinstance(value, str) and not value.strip())


def _put(row: Row, name: str, value: Any) -> None:
    """Set a field; `anchors.3` is an entry of a field that holds several columns."""
    field, _dot, entry = name.partition(".")
    if not entry:
        setattr(row, field, value)
        return
    setattr(row, field, {**(getattr(row, field) or {}), entry: value})
