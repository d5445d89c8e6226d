"""Documents: what is shown of them, what plain text makes of them, and what waits for what."""

import base64
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText, merge_updates

from proposals.document.checking import DEEPEST, DEEPEST_VALUE, Malformed, check
from proposals.document.merging import merged, missing_in, state_of
from proposals.document.reading import clean, plain, shown, text_in
from proposals.document.writing import rewritten, seed

from .editors import Editor, paragraph

pytestmark = pytest.mark.once

FEW = settings(max_examples=60, deadline=None)


def p(*parts) -> XmlElement:
    return XmlElement("paragraph", {}, [XmlText(x) if isinstance(x, str) else x for x in parts])


def document(*blocks) -> Doc:
    doc = Doc()
    body = doc.get("body", type=XmlFragment)
    with doc.transaction():
        for block in blocks:
            body.children.append(block)
    return doc


def item(*blocks) -> XmlElement:
    return XmlElement("listItem", {}, blocks)


def cells(tag: str, *texts: str) -> XmlElement:
    return XmlElement("tableRow", {}, [XmlElement(tag, {"colspan": 1}, [p(text)]) for text in texts])


EVERYTHING = [
    (lambda: p("One", XmlElement("hardBreak"), "two"), "<p>One<br>two</p>", "One\ntwo"),
    (lambda: XmlElement("heading", {"level": 3}, [XmlText("Head")]), "<h3>Head</h3>", "Head"),
    (lambda: XmlElement("heading", {"level": 4}, [XmlText("Head")]), "<h4>Head</h4>", "Head"),
    (lambda: XmlElement("heading", {"level": "x"}, [XmlText("Head")]), "<h3>Head</h3>", "Head"),
    (lambda: XmlElement("bulletList", {}, [item(p("a")), item(p("b"), p("c"))]),
     "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>", "- a\n- b\n  c"),
    (lambda: XmlElement("orderedList", {"start": 3}, [item(p("a")), item(p("b"))]),
     '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>', "3. a\n4. b"),
    (lambda: XmlElement("blockquote", {}, [p("a"), p("b")]),
     "<blockquote><p>a</p><p>b</p></blockquote>", "a\nb"),
    (lambda: XmlElement("table", {}, [cells("tableHeader", "A", "B"), cells("tableCell", "1", "2")]),
     "<table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr>"
     "<tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>", "A\tB\n1\t2"),
    (lambda: XmlElement("video", {"onload": "y"}, [p("Its text")]), "<p>Its text</p>", "Its text"),
    (lambda: XmlText("Bare"), "Bare", "Bare"),
    (lambda: p("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
     "<script>alert(1)</script>"),
    (lambda: p("a\x00b\x1bc"), "<p>abc</p>", "abc"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "html", "text"), EVERYTHING)
def test_what_each_block_shows(block, html, text):
    assert shown(document(block())) == (html, text)


@pytest.mark.parametrize(
    ("mark", "html"),
    [
        ({"bold": {}}, "<strong>x</strong>"),
        ({"italic": {}}, "<em>x</em>"),
        ({"underline": {}, "strike": {}}, "<s><u>x</u></s>"),
        ({"bold--a1": {}}, "<strong>x</strong>"),
        ({"comment": {"id": 3}}, "x"),
        ({"link": {"href": "https://a.example/?b=1&c"}},
         '<a href="https://a.example/?b=1&amp;c" rel="noopener noreferrer">x</a>'),
        ({"link": {"href": "mailto:a@b.example", "class": "btn", "target": "_top"}},
         '<a href="mailto:a@b.example" rel="noopener noreferrer">x</a>'),
        ({"link": {"href": "javascript:alert(1)"}}, "x"),
        ({"link": {"href": "data:text/html,x"}}, "x"),
        ({"link": {"href": "/relative"}}, "x"),
        ({"link": "https://a.example"}, "x"),
    ],
)  # fmt: skip
def test_marks(mark, html):
    doc = document(p("x"))
    doc.get("body", type=XmlFragment).children[0].children[0].format(0, 1, mark)
    assert shown(doc).html == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<p hx-get="/x" data-hx-get="/x" data-x="1" style="color:red" class="btn" id="a" onclick="x()">t</p>',
        "<p>t<script>x()</script><style>p{}</style></p>", "<p>t<img src=x onerror=y></p>",
        "<p>t<svg><a></a></svg></p>", "<p>t<iframe src=x></iframe></p>",
    ],
)  # fmt: skip
def test_what_reading_does_not_need_is_dropped(html):
    left = clean(html)
    assert text_in(left) == "t"
    assert not any(word in left for word in ("hx-", "data-", "style", "class", "on", "src", "script", "id="))


def test_nothing_written_shows_nothing():
    assert shown(document(p(), p(""))) == ("", "")


@pytest.mark.parametrize(
    ("deep", "is_read"), [(20, True), (DEEPEST - 2, True), (DEEPEST, False), (200, False)]
)
def test_lists_are_read_whole_or_refused(deep, is_read):
    block = p("deep")
    for _ in range(deep):
        block = XmlElement("blockquote", {}, [block])
    doc = document(block)
    if is_read:
        assert shown(doc).html.count("<blockquote>") == deep
    else:
        with pytest.raises(Malformed):
            shown(doc)


# --- Plain text in, the same out ------------------------------------------------------------------

TEXTS = st.text(alphabet=st.sampled_from(list("ab é😀-\n\n\t<&\x00\r")), max_size=60)


@FEW
@given(TEXTS)
def test_a_text_becomes_a_document_and_comes_back(text):
    assert seed(text) == seed(text)
    assert shown(merged(seed(text)).doc).text == plain(text)


@FEW
@given(TEXTS, TEXTS, TEXTS)
def test_a_document_is_made_to_say_another_text(first, second, third):
    updates = [seed(first)]
    for number, text in ((7, second), (8, third)):
        updates.append(rewritten(merged(b"", updates, client=number), text))
        assert shown(merged(b"", updates).doc).text == plain(text)


def test_only_what_differs_is_written():
    """So that the words of another person, written at the same moment, stay."""
    start = seed("The quick fox.\n\nSecond.\nThird line.")
    mine = rewritten(merged(start, client=7), "The quick red fox.\n\nSecond.\nNew.\nThird line.")
    hers = rewritten(merged(start, client=8), "The very quick fox.\n\nSecond!\nThird line, longer.")
    both = shown(merged(start, [mine, hers]).doc).text
    assert both == "The very quick red fox.\n\nSecond!\nNew.\nThird line, longer."


def test_marks_stay_where_the_plain_form_changes_words():
    doc = document(p("a bold word"))
    doc.get("body", type=XmlFragment).children[0].children[0].format(2, 6, {"bold": {}})
    found = merged(doc.get_update(), client=7)
    rewritten(found, "a strong word")
    assert shown(found.doc).html == "<p>a <strong>strong</strong> word</p>"


def test_lists_and_tables_stay_where_they_are_not_changed():
    listed = XmlElement("bulletList", {}, [item(p("a")), item(p("b"))])
    found = merged(document(p("First"), listed, p("Last")).get_update(), client=7)
    rewritten(found, "First!\n\n- a\n- b\n\nLast")
    assert shown(found.doc).html == "<p>First!</p><ul><li><p>a</p></li><li><p>b</p></li></ul><p>Last</p>"


# --- Order, waiting, malformed -----------------------------------------------------------------------


def chain() -> tuple[list[bytes], str]:
    """Four updates of which each builds on the one before, and what they say."""
    editor, made = Editor(client=5), []
    editor.doc.observe(lambda event: made.append(event.update))
    editor.body.children.append(paragraph("one"))
    editor.body.children[0].children[0].insert(3, " two")
    editor.body.children.append(paragraph("three"))
    del editor.body.children[0].children[0][0:2]
    return made, editor.text


def test_every_order_says_the_same_and_states_lose_nothing_that_waits():
    updates, said = chain()
    for order in itertools.permutations(updates):
        state = b""
        for update in order:
            state = state_of(merged(state, [update]))
        found = merged(state)
        assert (shown(found.doc).text, found.waiting) == (said, [])
        reader = merged(missing_in(merged(b"", order[:2]), b"\x00"), order[2:])
        assert shown(reader.doc).text == said


def bad(update: bytes, client: int = 7) -> bool:
    try:
        check(update, client)
    except Malformed:
        return True
    return False


def of(*structs: bytes, client: int = 7) -> bytes:
    """An update of this client with these items, and nothing removed."""
    return bytes([1, len(structs), client, 0]) + b"".join(structs) + b"\0"


IN_BODY, INSIDE = b"\1\4body", b"\0\7"  # a parent by its name, and by its place: client 7, then a clock
ELEMENT = b"\3\1p"


def within(clock: int) -> bytes:
    return b"\7" + INSIDE + bytes([clock]) + ELEMENT


def nested(levels: int) -> bytes:
    """An attribute whose value is a list in a list."""
    return of(b"\7" + IN_BODY + ELEMENT, b"\x28" + INSIDE + b"\0\1a\1" + b"\x75\1" * levels + b"\x7e")


@pytest.mark.parametrize(
    "update",
    [b"", b"\x00", b"abc", b"\xff" * 30, seed("Some words")[:-4], seed("Some words"), nested(25_000),
     nested(DEEPEST_VALUE + 1), of(b"\7" + IN_BODY + ELEMENT, *(within(n) for n in range(DEEPEST))),
     of(b"\5" + IN_BODY + b"\1x"), of(b"\3" + IN_BODY + b"\1x"), of(b"\2" + IN_BODY + b"\1\1x"),
     of(b"\x09" + IN_BODY + b"\1g\x7e"), of(b"\7" + IN_BODY + b"\0"), of(b"\7" + IN_BODY + b"\5\1h"),
     of(b"\x27" + IN_BODY + b"\1k" + ELEMENT), of(b"\6" + IN_BODY + b"\1b\x15" + b"[" * 9 + b"1" + b"]" * 9),
     of(b"\7" + IN_BODY + ELEMENT, client=8), of(within(0)), of(b"\x84\7\0\1x"), of(b"\4" + IN_BODY + b"\0"),
     of(b"\x0a\xff\xff\xff\xff\x0f", b"\7" + IN_BODY + ELEMENT), of(b"\x08" + IN_BODY + b"\1\x7e"),
     of(b"\7" + IN_BODY + ELEMENT, b"\x28" + INSIDE + b"\0\1a\0"),
     of(b"\7" + IN_BODY + ELEMENT, b"\x28" + INSIDE + b"\0\1a\1\x7d" + b"\xbf" + b"\xff" * 7 + b"\1"),
     of(b"\7" + IN_BODY + ELEMENT, b"\x28" + INSIDE + b"\0\1a\1\x7e", b"\xa7\7\1" + ELEMENT)],
)  # fmt: skip
def test_malformed_updates_are_found(update):
    assert bad(update)


@pytest.mark.parametrize(
    "update",
    [of(), b"\0\0", nested(DEEPEST_VALUE), of(b"\7" + IN_BODY + ELEMENT, *(within(n) for n in range(9))),
     of(b"\x0a\5", b"\0\3"), of(b"\4" + IN_BODY + b"\4\xf0\x9f\x98\x80", b"\x84\7\1\1x")],
)  # fmt: skip
def test_what_an_editor_writes_passes(update):
    assert not bad(update)


def test_everything_that_the_editor_knows_passes():
    editor = Editor(client=2**33 + 5)
    for make, _html, _text in EVERYTHING:
        editor.body.children.append(make())
    words = editor.body.children[0].children[0]
    words.format(0, 2, {"bold": {}, "link": {"href": "https://x.example", "rel": None}})
    del editor.body.children[1]
    data = merge_updates(*editor.made)
    check(data, editor.client)
    assert shown(merged(b"", [data]).doc) == shown(editor.doc)
    with pytest.raises(Malformed):
        check(data, editor.client + 1)


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_do_no_harm(data):
    if not bad(data):
        state_of(merged(seed("Mine."), [data]))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_updates_are_refused_or_do_no_harm(data):
    editor = Editor(client=7)
    update = bytearray(base64.b64decode(editor.write("Words in a row, and more of them.")["data"]))
    for _ in range(data.draw(st.integers(1, 3))):
        update[data.draw(st.integers(0, len(update) - 1))] = data.draw(st.integers(0, 255))
    if not bad(bytes(update)):
        try:
            found = merged(seed("Mine."), [bytes(update)])
            shown(found.doc)
        except Malformed:
            return
        state_of(found)


@pytest.mark.parametrize(
    "root", [lambda: Map({"a": "b"}), lambda: Text("abc"), lambda: Array([1, "x", Map({})])]
)
def test_a_body_of_another_kind_shows_nothing(root):
    doc = Doc()
    doc["body"] = root()
    assert shown(merged(doc.get_update()).doc).html == ""


def test_a_state_vector_that_is_none():
    with pytest.raises(Malformed):
        missing_in(merged(seed("x")), b"\xff\xff\xff")
