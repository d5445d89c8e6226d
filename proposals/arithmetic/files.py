"""What a file is, told by its bytes: nothing is believed that only its name or the browser says."""

import io
import zipfile
from typing import NoReturn

PDF, PNG, JPEG, WEBP = "pdf", "png", "jpeg", "webp"
DOCX, XLSX, PPTX, ODT, ODS = "docx", "xlsx", "pptx", "odt", "ods"

_ENDINGS = {"jpg": JPEG, "jpeg": JPEG, **{k: k for k in (PDF, PNG, WEBP, DOCX, XLSX, PPTX, ODT, ODS)}}
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
# The part that an office file must have, and the type that its list of parts says of it.
_OOXML = {
    DOCX: ("word/document.xml", _MAIN.format("wordprocessingml.document")),
    XLSX: ("xl/workbook.xml", _MAIN.format("spreadsheetml.sheet")),
    PPTX: ("ppt/presentation.xml", _MAIN.format("presentationml.presentation")),
}
_ODF = {
    ODT: b"application/vnd.oasis.opendocument.text",
    ODS: b"application/vnd.oasis.opendocument.spreadsheet",
}
_LIST = "[Content_Types].xml"
_OFFICE = frozenset({*_OOXML, *_ODF})
_MACROS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "basic/", "scripts/")

MEGABYTE = 1024 * 1024
MOST_PARTS, MOST_UNPACKED, MOST_RATIO, LONGEST_LIST = 3_000, 100 * MEGABYTE, 200, MEGABYTE
LONGEST_NAME = 120
TAKEN = "PDF, PNG, JPEG, WebP, Word, Excel, PowerPoint (docx, xlsx, pptx) and OpenDocument (odt, ods)"


class Unfit(ValueError):
    """The file is not taken; the sentence says why and what to do."""


def plain_name(name: str) -> str:
    """The last part of a name, without what no screen shows."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = " ".join("".join(c if c.isprintable() else " " for c in last).split()).lstrip(". ")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[-LONGEST_NAME:]


def kind_of(name: str, data: bytes) -> str:
    """The kind that both the name and the bytes say. Raises Unfit."""
    kind = _ENDINGS.get(name.rpartition(".")[2].lower())
    if kind is None or "." not in name:
        raise Unfit(f"“{name}” is not of a kind that is taken: {TAKEN}.")
    if kind in _OFFICE:
        _inspect(name, kind, data)
    elif not _WHOLE[kind](data):
        raise Unfit(f"“{name}” is not a whole {kind.upper()} file inside. Save it again as {kind.upper()}.")
    return kind


def _is_pdf(data: bytes) -> bool:
    end = data.rstrip(b"\0\r\n\t ")[-1024:].rfind(b"%%EOF")
    return data.startswith((b"%PDF-1.", b"%PDF-2.")) and end >= 0 and not _ends_as_zip(data)


def _is_png(data: bytes) -> bool:
    """Its chunks follow each other, and nothing stands behind the last."""
    place = 8
    while data.startswith(b"\x89PNG\r\n\x1a\n") and place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4])
        kind, place = data[place + 4 : place + 8], place + 12 + length
        if kind == b"IEND":
            return place == len(data)
    return False


def _is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0").endswith(b"\xff\xd9")


def _is_webp(data: bytes) -> bool:
    whole = int.from_bytes(data[4:8], "little") + 8 == len(data)
    return whole and data[:4] == b"RIFF" and data[8:15] == b"WEBPVP8"


_WHOLE = {PDF: _is_pdf, PNG: _is_png, JPEG: _is_jpeg, WEBP: _is_webp}


def _ends_as_zip(data: bytes) -> bool:
    return b"PK\x05\x06" in data[-65_557:]


def _inspect(name: str, kind: str, data: bytes) -> None:
    """An office file by its directory alone: no part but the list of parts is unpacked."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unfit(f"“{name}” has a password or is of an older kind. Save it as .{kind} without one.")
    if not data.startswith(b"PK\x03\x04") or data[-22:-18] != b"PK\x05\x06":
        _refuse(name, kind)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect_parts(name, archive.infolist(), len(data))
            fits = _is_ooxml(kind, archive) if kind in _OOXML else _is_odf(kind, archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, Unfit):
            raise
        _refuse(name, kind, error)
    if not fits:
        _refuse(name, kind)


def _refuse(name: str, kind: str, error: Exception | None = None) -> NoReturn:
    raise Unfit(f"“{name}” is damaged or no .{kind} file inside. Save it again as .{kind}.") from error


def _inspect_parts(name: str, parts: list[zipfile.ZipInfo], size: int) -> None:
    names = [part.filename.lower() for part in parts]
    if any(word in part for part in names for word in _MACROS):
        raise Unfit(f"“{name}” holds macros or controls. Save it without them.")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit(f"“{name}” has a password. Save it without one.")
    outside = any(n.startswith("/") or ".." in n.split("/") or "\\" in n or ":" in n for n in names)
    doubled = len(set(names)) != len(names) or len(parts) > MOST_PARTS
    # The parts stand one behind the other from the first byte on, each once.
    packed = not parts or min(p.header_offset for p in parts) or sum(p.compress_size for p in parts) > size
    if outside or doubled or packed:
        raise Unfit(f"“{name}” is packed as no office program packs it. Save it again.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(MEGABYTE, MOST_RATIO * size):
        raise Unfit(f"“{name}” unpacks to {unpacked // MEGABYTE} MB, as no honest file of its size does.")


def _is_ooxml(kind: str, archive: zipfile.ZipFile) -> bool:
    part, says = _OOXML[kind]
    names = archive.namelist()
    if part not in names or _LIST not in names or archive.getinfo(_LIST).file_size > LONGEST_LIST:
        return False
    types = archive.read(_LIST)
    return says.encode() in types and b"macroEnabled" not in types


def _is_odf(kind: str, archive: zipfile.ZipFile) -> bool:
    first = archive.infolist()[0]
    stored = first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    small = stored and first.file_size < 100
    return small and archive.read(first) == _ODF[kind] and "content.xml" in archive.namelist()
