"""Opens a workbook, after looking at its zip directory: what is hostile or absurd is never parsed."""

import hashlib
import time
import warnings
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_UNPACKED = 128 * MEGABYTE
MOST_PARTS = 400
MOST_RATIO = 100  # a sheet of nothing but formatted empty cells reaches about 50
MOST_STRINGS = 32 * MEGABYTE
MOST_SMALL = 2 * MEGABYTE  # any other part that is read: styles, the list of sheets, properties
MOST_MARKS = 5_000_000  # ends of XML elements in all sheets; a filled cell has two or three
MARKS = (b"</", b"/>", b"<\0/", b"/\0>")  # also as UTF-16 writes them
MOST_TEXTS = 400_000
MOST_SMALL_MARKS = 150_000
READ_FOLDERS = ("", "_rels", "docprops", "xl", "xl/_rels", "xl/theme")
CHUNK = 256 * 1024
_FORBIDDEN = {
    "vbaproject.bin": "macros; save it as a plain .xlsx workbook",
    "externallinks/": "links to other workbooks; break the links and save it again",
    "embeddings/": "embedded files; remove them and save it again",
    "activex/": "active controls; remove them and save it again",
    "connections.xml": "data connections; remove them and save it again",
    "encryptedpackage": "a password; save it without one",
}


class Unopenable(Exception):
    """The file cannot be taken as a workbook; says why in one sentence."""


class Caps(NamedTuple):
    """What a workbook of one kind may hold: bytes unpacked, marks in its sheets, marks in its texts."""

    unpacked: int
    marks: int
    texts: int


@dataclass
class Opened:
    """A workbook that passed the caps."""

    path: Path
    digest: str
    workbook: "Workbook"
    handles: ExitStack

    def with_results(self) -> "Workbook":
        """The same workbook with the stored results of formulas in place of the formulas."""
        return _load(self.path, self.handles, data_only=True)

    def close(self) -> None:
        self.handles.close()


def opened(path: Path, *, sheet: str, told: str, caps: Caps | None = None) -> Opened:
    """Check and open a workbook that has this sheet, in which is `told` what. Raises Unopenable.

    Without `caps` it may hold as much as a whole season does.
    """
    path = Path(path)
    caps = caps or Caps(MOST_UNPACKED, MOST_MARKS, 2 * MOST_TEXTS)
    digest = _digest(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _inspect(archive, caps)
            _check_list_of_sheets(archive, sheet, told)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unopenable(f"{path.name} is damaged or no .xlsx workbook; save it again as .xlsx.") from error
    with ExitStack() as handles:
        workbook = _load(path, handles)
        return Opened(path, digest, workbook, handles.pop_all())


def _load(path: Path, handles: ExitStack, *, data_only: bool = False) -> "Workbook":
    import openpyxl  # large, and most processes never open a workbook

    if not openpyxl.DEFUSEDXML:
        raise Unopenable("This installation lacks defusedxml, without which no workbook is opened.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = handles.enter_context(path.open("rb"))
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
            handles.callback(workbook.close)
            return workbook
    except MemoryError:
        raise
    except Exception as error:  # whatever a broken part makes the library raise
        raise Unopenable(f"{path.name} is damaged or no .xlsx workbook; save it again as .xlsx.") from error


def _digest(path: Path) -> str:
    if not path.is_file():
        raise Unopenable(f"There is no file {path.name}.")
    if path.suffix.lower() == ".xlsm":
        raise Unopenable(f"{path.name} may hold macros; save it as a plain .xlsx workbook.")
    if path.suffix.lower() != ".xlsx":
        raise Unopenable(f"{path.name} is no .xlsx workbook; save it as .xlsx.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Unopenable(
            f"{path.name} has {size / MEGABYTE:.0f} MB; at most {MOST_BYTES // MEGABYTE} are taken."
        )
    with path.open("rb") as file:
        start = file.read(4)
        if start == b"\xd0\xcf\x11\xe0":
            raise Unopenable(f"{path.name} has a password or is an old .xls; save it as .xlsx without one.")
        if start != b"PK\x03\x04":
            raise Unopenable(f"{path.name} is no .xlsx workbook; save it as .xlsx.")
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _inspect(archive: zipfile.ZipFile, caps: Caps) -> None:
    """Everything that the directory and a count of marks can tell, before any XML is parsed."""
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) != len(names):
        raise Unopenable(f"The workbook has too many parts or doubled ones; at most {MOST_PARTS} are taken.")
    if "xl/workbook.xml" not in names:
        raise Unopenable("This file is no .xlsx workbook; save it as .xlsx.")
    if sum(part.file_size for part in parts) > caps.unpacked:
        raise Unopenable(f"Unpacked, the workbook has more than {caps.unpacked // MEGABYTE} MB.")
    for part in parts:
        _inspect_part(part)
    _count(archive, parts, caps)


def _count(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], caps: Caps) -> None:
    """Any part may be named as a sheet by another, whatever it is called."""
    marks = 0
    for part in parts:
        name = part.filename.lower()
        if name.endswith("sharedstrings.xml"):
            _marks(archive, part, 0, caps.texts, "texts")
        elif _is_read(name):
            _marks(archive, part, 0, min(MOST_SMALL_MARKS, caps.marks), "styles or names")
        else:
            marks = _marks(archive, part, marks, caps.marks, "rows and cells")


def _inspect_part(part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if part.flag_bits & 1:
        raise Unopenable("The workbook has a password; save it without one.")
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or "\0" in name:
        raise Unopenable("The workbook holds parts outside of itself; save it again as .xlsx.")
    for word, held in _FORBIDDEN.items():
        if word in name:
            raise Unopenable(f"The workbook holds {held}.")
    if part.file_size > MEGABYTE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise Unopenable(
            f"A part of the workbook unpacks to more than {MOST_RATIO} times its size, as no honest one does."
        )
    most = MOST_STRINGS if name.endswith("sharedstrings.xml") else MOST_SMALL if _is_read(name) else None
    if most and part.file_size > most:
        raise Unopenable(f"The part {part.filename[:60]} of the workbook is too large to be taken.")


def _is_read(name: str) -> bool:
    """Parts beside sheets and texts that the library parses as a whole."""
    folder = name.rpartition("/")[0]
    return name.endswith((".xml", ".rels")) and folder in READ_FOLDERS


def _marks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, marks: int, most: int, what: str) -> int:
    """Count the ends of elements without parsing; a declared document type is refused."""
    began = time.monotonic()
    with archive.open(part) as file:
        first = True
        while chunk := file.read(CHUNK):
            if first and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                raise Unopenable("The workbook declares entities, as no honest one does.")
            first = False
            marks += sum(map(chunk.count, MARKS))
            if marks > most:
                raise Unopenable(f"The workbook has too many {what}: more than {most // 2:,}.")
            if time.monotonic() - began > 5:
                raise Unopenable("The workbook takes too long to unpack.")
    return marks


def _check_list_of_sheets(archive: zipfile.ZipFile, sheet: str, told: str) -> None:
    """A workbook of another kind is refused before its texts are read."""
    try:
        root = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    except Exception as error:  # any broken or forbidden XML
        raise Unopenable("The workbook's list of sheets cannot be read; save it again as .xlsx.") from error
    names = [e.get("name", "").strip().casefold() for e in root.iter() if e.tag.rpartition("}")[2] == "sheet"]
    if sheet.casefold() not in names:
        raise Unopenable(f"The workbook has no sheet {sheet}, which {told}.")
