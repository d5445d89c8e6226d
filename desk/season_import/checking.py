"""What must hold between rows: keys that stand once, references that lead somewhere, and each app's own.

`sift` takes faulty rows out, then those that depend on them, until the rest holds together.
"""

import difflib
from collections.abc import Iterable
from typing import Any

from activity.sheets import Book, Fault, Row

from .kinds import BY_SHEET, RECORDS, check_all

ROUNDS = 50
MOST_HINTS = 200  # finding a word that is meant takes time


def check(book: Book) -> None:
    """Find all faults between rows that could be read."""
    for kind in RECORDS:
        _check_keys(book, kind)
    for kind in RECORDS:
        _check_references(book, kind)
    check_all(book)


def _check_keys(book: Book, kind: type[Row]) -> None:
    first: dict[Any, Row] = {}
    for row in book.rows(kind):
        if row.key in first:
            book.refuse(
                row, kind.KEY[0], f"each once; row {first[row.key].number} holds the same", _said(row.key)
            )
        first.setdefault(row.key, row)


def _said(key: Any) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return " · ".join(str(part) for part in parts if part is not None)


def _check_references(book: Book, kind: type[Row]) -> None:
    for name, column in kind.columns().items():
        if not column.to:
            continue
        target = BY_SHEET[column.to]
        known = set(book.by_key(target))
        gone = {key for k, key in book.left_out if k is target}
        if not known and not gone and not column.required:
            _forget(book, kind, name, column.to)
            continue
        for row in book.rows(kind):
            _check_reference(book, row, name, known, gone)


def _forget(book: Book, kind: type[Row], name: str, sheet: str) -> None:
    """A sheet that a season does not have yet: what points to it is left empty, and said."""
    column = kind.columns()[name]
    pointing = [row for row in book.rows(kind) if getattr(row, name) not in (None, (), "")]
    for row in pointing:
        setattr(row, name, column.empty)
    if pointing:
        book.notice(
            f"{kind.SHEET}: the column “{column.header}” points to the sheet {sheet}, which is not there; "
            f"{len(pointing)} cells were left empty."
        )


def _check_reference(book: Book, row: Row, name: str, known: set, gone: set) -> None:
    column = row.columns()[name]
    value = getattr(row, name)
    for part in value if isinstance(value, tuple) else (value,):
        if part is None or part in known:
            continue
        if part in gone:
            if not book.following:
                continue  # the row that is named has its own fault
            allowed = f"a row of the sheet {column.to} that was taken; this one was left out for its fault"
        else:
            hint = _nearest(part, known) if len(book.faults) < MOST_HINTS else ""
            allowed = f"what stands in the sheet {column.to}{hint}"
        book.refuse(row, name, allowed, part)


def _nearest(part: Any, known: Iterable[Any]) -> str:
    words = sorted(str(key) for key in known)
    if str(part).isdigit():
        for word in words:
            if word.lstrip("0") == str(part).lstrip("0"):
                return f"; perhaps {word}, which was stored as a number"
    near = difflib.get_close_matches(str(part), words, n=1, cutoff=0.75)
    if near:
        return f"; perhaps {near[0]}"
    return f": {', '.join(words)}" if len(words) <= 12 else ""


def blocking(faults: Iterable[Fault]) -> list[Fault]:
    """Faults of settings and of whole needed sheets: without them nothing can be taken."""
    needed = {kind.SHEET for kind in RECORDS if kind.NEEDED} | {"District"}
    return [
        fault
        for fault in faults
        if fault.sheet == "District" or (fault.row is None and fault.sheet in needed)
    ]


def sift(book: Book) -> list[Fault]:
    """Leave out every faulty row and all that depends on it. Returns the faults of all rounds."""
    told: list[Fault] = list(book.faults)
    for _round in range(ROUNDS):
        if not book.faults or blocking(book.faults):
            break
        _leave_out(book)
        book.faults, book.following = [], True
        check(book)
        told += book.faults
    return told


def _leave_out(book: Book) -> None:
    whole = {fault.sheet for fault in book.faults if fault.row is None}
    rows = {(fault.sheet, fault.row) for fault in book.faults}
    for kind, table in book.kinds():
        if kind.SETTINGS:
            continue
        kept = []
        for row in table.rows:
            if kind.SHEET in whole or (kind.SHEET, row.number) in rows:
                book.left_out.add((kind, row.key))
            else:
                kept.append(row)
        kept_keys = {row.key for row in kept}
        book.left_out -= {(k, key) for k, key in book.left_out if k is kind and key in kept_keys}
        table.rows = kept
