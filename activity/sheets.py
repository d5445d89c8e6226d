"""How sheets of a workbook are described: a dataclass a row kind, whose fields are columns.

`Book` holds the typed rows that were read, and the faults that were found.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from .cells import Reader


@dataclass(frozen=True)
class Column:
    """A column by its header; `{year1}` in a header stands for the season's year, `{year0}` before it."""

    header: str
    reader: Reader
    required: bool = False  # the cell must be filled
    to: str = ""  # sheet whose key it names
    people: bool = False  # names of People, which may be written with other spaces
    stands: bool = False  # the column itself must be there, though cells may be empty
    empty: Any = None


def column(header: str, reader: Reader, *, empty: Any = None, **more) -> Any:
    """A dataclass field that is filled from a column."""
    return field(default=empty, metadata={"column": Column(header, reader, empty=empty, **more)})


@dataclass
class Row:
    """Base of the row kinds. `number` is the row's number in its sheet."""

    SHEET: ClassVar[str] = ""
    KEY: ClassVar[tuple[str, ...]] = ()
    NEEDED: ClassVar[bool] = False
    SETTINGS: ClassVar[bool] = False  # one setting a row instead of one record a row

    number: int = 0

    @property
    def key(self) -> Any:
        """Value of the key column, or a tuple of several."""
        values = tuple(getattr(self, name) for name in self.KEY)
        return values[0] if len(values) == 1 else values

    @classmethod
    def columns(cls) -> dict[str, Column]:
        return {f.name: f.metadata["column"] for f in fields(cls) if "column" in f.metadata}


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken: where, what was found, what is allowed."""

    sheet: str
    cell: str  # "G12", or "" for the sheet as a whole
    found: str
    allowed: str
    row: int | None = None
    follows: bool = False  # it fell with another row that was left out

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.place}: {self.found}. Allowed: {self.allowed}."


@dataclass
class Table:
    """The rows of one sheet, and the letters of its columns."""

    sheet: str
    letters: dict[str, str] = field(default_factory=dict)
    rows: list = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)  # whole cells, where settings stand


def quoted(value: Any) -> str:
    """What stands in a cell, short enough for a sentence."""
    words = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"“{words[:60]}{'…' if len(words) > 60 else ''}”"


class Book:
    """Typed rows by kind, faults and notices of one workbook."""

    def __init__(self) -> None:
        self.tables: dict[type[Row], Table] = {}
        self.faults: list[Fault] = []
        self.notices: list[str] = []
        self.left_out: set[tuple[type[Row], Any]] = set()  # keys of rows that were skipped
        self.following = False  # faults found now come from rows left out before

    def rows(self, kind: type[R]) -> list[R]:
        table = self.tables.get(kind)
        return table.rows if table else []

    def has(self, kind: type[Row]) -> bool:
        """Does the workbook hold at least one row of this kind?"""
        return bool(self.rows(kind))

    def complete(self, *kinds: type[Row]) -> bool:
        """May rows be missed here? Not while faulty ones of these kinds wait to be corrected.

        Once faulty rows are left out for good, what remains must hold together by itself.
        """
        return self.following or not any(kind in kinds for kind, _key in self.left_out)

    def is_left_out(self, kind: type[Row], key: Any) -> bool:
        return (kind, key) in self.left_out

    def one(self, kind: type[R]) -> R:
        """The settings of a kind that stands one setting a row."""
        return self.tables[kind].rows[0]

    def by_key(self, kind: type[R]) -> dict[Any, R]:
        return {row.key: row for row in self.rows(kind)}

    def cell(self, row: Row, name: str) -> str:
        """Where field `name` of `row` stands: G12."""
        table = self.tables[type(row)]
        return table.places.get(name) or f"{table.letters.get(name, 'A')}{row.number}"

    def refuse(self, row: Row, name: str, allowed: str, found: Any = None) -> None:
        """Name the cell of `row` in the column of field `name`."""
        table, cell = self.tables[type(row)], self.cell(row, name)
        if found is None:
            found = getattr(row, name)
            found = "; ".join(map(str, found)) if isinstance(found, tuple) else found
        said = "the cell is empty" if found is None or found == "" else f"found {quoted(found)}"
        self.faults.append(Fault(table.sheet, cell, said, allowed, row.number, self.following))

    def refuse_sheet(self, sheet: str, found: str, allowed: str) -> None:
        self.faults.append(Fault(sheet, "", found, allowed, None, self.following))

    def notice(self, words: str) -> None:
        if words not in self.notices:
            self.notices.append(words)

    def grouped(self, kind: type[R], name: str) -> dict[Any, list[R]]:
        """Rows by the value of one field."""
        groups: dict[Any, list[R]] = {}
        for row in self.rows(kind):
            groups.setdefault(getattr(row, name), []).append(row)
        return groups

    def kinds(self) -> Iterator[tuple[type[Row], Table]]:
        yield from self.tables.items()
