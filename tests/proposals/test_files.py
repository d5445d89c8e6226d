"""What a file is, told by its bytes; and what hostile hands send."""

import zipfile

import pytest

from proposals.arithmetic import files
from proposals.arithmetic.files import Unfit, kind_of, plain_name

from .files import JPEG, PDF, PNG, WEBP, office, zipped

pytestmark = pytest.mark.once

OFFICE = ["docx", "xlsx", "pptx", "odt", "ods"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", PDF), ("a.PNG", PNG), ("a.jpg", JPEG), ("b.jpeg", JPEG), ("a.webp", WEBP)]
    + [(f"a.{kind}", office(kind)) for kind in OFFICE],
)
def test_taken(name, data):
    assert kind_of(name, data) == {"jpg": "jpeg"}.get(name[2:].lower(), name[2:].lower())


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>", "not a whole PDF"),
        ("a.pdf", b"<html>" + PDF, "not a whole PDF"),
        ("a.pdf", PDF[:-8], "not a whole PDF"),
        ("a.pdf", PDF + b"<html>" * 500, "not a whole PDF"),
        ("a.pdf", PDF + zipped({"a": "b"}) + b"%%EOF", "not a whole PDF"),
        ("a.pdf", PNG, "not a whole PDF"),
        ("a.pdf", b"", "not a whole PDF"),
        ("a.png", PDF, "not a whole PNG"),
        ("a.png", PNG + zipped({"a": "b"}), "not a whole PNG"),
        ("a.png", PNG[:-4], "not a whole PNG"),
        ("a.png", PNG[:8] + b"\xff\xff\xff\xff" + PNG[12:], "not a whole PNG"),
        ("a.jpg", JPEG + zipped({"a": "b"}), "not a whole JPEG"),
        ("a.jpg", JPEG + b"<script>alert(1)</script>", "not a whole JPEG"),
        ("a.webp", WEBP + b"<html>", "not a whole WEBP"),
        ("a.webp", b"RIFF", "not a whole WEBP"),
        ("a.svg", SVG, "not of a kind"),
        ("a.png", SVG, "not a whole PNG"),
        ("a.html", PDF, "not of a kind"),
        ("a.pdf.exe", PDF, "not of a kind"),
        ("pdf", PDF, "not of a kind"),
        ("", PDF, "not of a kind"),
        ("a.docm", office("docx", main=MACRO), "not of a kind"),
        ("a.docx", office("docx", main=MACRO), "no .docx file"),
        ("a.docx", office("docx", {"word/vbaProject.bin": b"x"}), "macros"),
        ("a.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
        ("a.docx", office("docx", {"word/activeX/activeX1.bin": b"x"}), "macros"),
        ("a.odt", office("odt", {"Basic/Standard/Module1.xml": b"x"}), "macros"),
        ("a.odt", office("odt", {"Scripts/python/run.py": b"x"}), "macros"),
        ("a.docx", office("xlsx"), "no .docx file"),
        ("a.odt", office("ods"), "no .odt file"),
        ("a.docx", zipped({"a.html": "<script>"}), "no .docx file"),
        ("a.odt", zipped({"content.xml": "x"}), "no .odt file"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "older kind"),
        ("a.docx", b"PK\x03\x04 and nothing", "no .docx file"),
        ("a.docx", b"", "no .docx file"),
        ("a.docx", office("docx")[:-30], "no .docx file"),
        ("a.docx", b"#!/bin/sh\n" + office("docx"), "no .docx file"),
        ("a.docx", office("docx") + b"<html>", "no .docx file"),
        ("a.docx", office("docx", {"../../etc/cron.d/x": "x"}), "no office program"),
        ("a.docx", office("docx", {"/etc/passwd": "x"}), "no office program"),
        ("a.docx", office("docx", {"C:\\x": "x"}), "no office program"),
        ("a.docx", office("docx", {"WORD/DOCUMENT.XML": "x"}), "no office program"),
        ("a.docx", office("docx", {"word/media/a.bmp": b"\0" * (files.MOST_UNPACKED + 1)}), "unpacks to"),
        ("a.docx", office("docx", {"word/media/a.bmp": b"\0" * 20_000_000}), "unpacks to"),
        ("a.xlsx", office("xlsx", {f"p{n}": "" for n in range(files.MOST_PARTS)}), "no office program"),
    ],
)
def test_refused(name, data, why):
    with pytest.raises(Unfit, match=why):
        kind_of(name, data)


def test_a_password_is_refused():
    data = bytearray(office("docx"))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(Unfit, match="password"):
        kind_of("a.docx", bytes(data))


def test_a_list_of_parts_that_lies_about_its_size(monkeypatch):
    data = office(
        "docx", {"[Content_Types].xml": b"\0" * (files.LONGEST_LIST + 1), "pad": bytes(range(256)) * 99}
    )
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *a: pytest.fail("it was unpacked"))
    with pytest.raises(Unfit):
        kind_of("a.docx", data)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("cod\u202efdp.exe", "cod fdp.exe"),
        ("..pdf", "pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("b" * 300, "b" * 120),
        ("\0", ""),
    ],
)
def test_plain_names(name, plain):
    assert plain_name(name) == plain
    assert len(plain_name(name)) <= files.LONGEST_NAME
