"""Files that are hostile, broken or no workbooks are refused in a sentence, soon, and without memory."""

import time
import tracemalloc
import zipfile

import pytest

from activity import opening
from activity.opening import Unopenable, opened
from desk.season_import.importing import preview
from tests.desk.conftest import LARKMOOR
from tests.desk.small_district import build, save

pytestmark = pytest.mark.once

HEAD = b'<?xml version="1.0"?><worksheet><sheetData>'


def rebuilt(tmp_path, parts: dict[str, bytes], name: str = "bad.xlsx", level: int = 9):
    """The small season with some parts put in or changed."""
    source = save(build(), tmp_path / "good.xlsx")
    target = tmp_path / name
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part))
        for part_name, content in parts.items():
            new.writestr(part_name, content)
    return target


def refused(path) -> str:
    """Says why, after less than a second of work; a second time for the memory it takes."""
    began = time.process_time()
    with pytest.raises(Unopenable) as caught:
        preview(path)
    assert time.process_time() - began < 1
    tracemalloc.start()
    with pytest.raises(Unopenable):
        preview(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * 1024 * 1024
    return str(caught.value)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl/worksheets/sheet2.xml": HEAD + b"<row/>" * 5_000_000}, "unpacks to more than"),
        ({"xl/sharedStrings.xml": b"0" * (opening.MOST_STRINGS + 1)}, "unpacks to more than"),
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "other workbooks"),
        ({"../../etc/passwd": b"x"}, "outside of itself"),
        ({f"xl/part{n}.xml": b"<x/>" for n in range(500)}, "too many parts"),
        ({"xl/workbook.xml": b"<broken"}, "list of sheets"),
        ({"xl/worksheets/sheet2.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "declares entities"),
        ({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "declares entities"),
        ({"xl/styles.xml": b"<a>" + b"<xf/>" * 200_000 + b"</a>"}, "too many styles"),
    ],
)
def test_a_hostile_part_is_refused(tmp_path, parts, words):
    assert words in refused(rebuilt(tmp_path, parts))


def test_a_sheet_of_countless_cells_is_refused_before_parsing(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_MARKS", 10_000)
    path = rebuilt(tmp_path, {"xl/worksheets/sheet2.xml": HEAD + b"<row><c/></row>" * 8_000})
    assert "too many rows and cells" in refused(path)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet2.bin", "xl/media/image1.png"]
)
def test_cells_are_counted_however_written_and_wherever_they_stand(tmp_path, monkeypatch, coding, name):
    """Which part is a sheet is said by another part; its name says nothing."""
    monkeypatch.setattr(opening, "MOST_MARKS", 10_000)
    cells = (HEAD.decode() + "<row><c/></row>" * 8_000).encode(coding)
    assert "too many rows and cells" in refused(rebuilt(tmp_path, {name: cells}))


def test_no_workbooks_at_all(tmp_path):
    text = tmp_path / "text.xlsx"
    text.write_text("a;b;c")
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 600)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(save(build(), tmp_path / "good.xlsx").read_bytes()[:3000])
    assert "no .xlsx workbook" in refused(text)
    assert "password" in refused(old)
    assert "damaged" in refused(cut)
    assert "no file" in refused(tmp_path / "nowhere.xlsx")
    assert "macros" in refused(save(build(), tmp_path / "good.xlsm"))


def test_a_large_file_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 1000)
    assert "at most" in refused(save(build(), tmp_path / "good.xlsx"))


@pytest.mark.parametrize("rest", [b"<row><c><v>1</v></row>", b"<row>", b"<row r='x'><c r='??'/></row>"])
def test_broken_sheets_end_in_a_sentence(tmp_path, rest):
    assert "damaged" in refused(rebuilt(tmp_path, {"xl/worksheets/sheet2.xml": HEAD + rest}))


def test_a_workbook_without_a_district(tmp_path):
    sheets = build()
    del sheets["District"]
    assert "no sheet District" in refused(save(sheets, tmp_path / "season.xlsx"))


def test_the_demo_workbook_is_within_the_caps():
    opened(LARKMOOR, sheet="District", told="names the district").close()
