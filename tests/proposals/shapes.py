"""Documents as plain values, and as Yjs has them: tags with parts; lines hold runs of words and marks."""

from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

Tree = tuple  # ("bulletList", [("listItem", [("paragraph", [[("words", {})]])])])

TEXTS = ("paragraph", "heading")


def p(*lines: str) -> Tree:
    return ("paragraph", [[(line, {})] for line in lines])


def link(words: str, address: str) -> Tree:
    return ("paragraph", [[(words, {"link": {"href": address}})]])


def item(*parts) -> Tree:
    return ("listItem", [p(part) if isinstance(part, str) else part for part in parts])


def bullets(*items) -> Tree:
    return ("bulletList", [one if one[0] == "listItem" else item(one) for one in items])


def numbers(*items) -> Tree:
    return ("orderedList", [one if one[0] == "listItem" else item(one) for one in items])


def quote(*parts) -> Tree:
    return ("blockquote", [p(part) if isinstance(part, str) else part for part in parts])


def table(*rows) -> Tree:
    return (
        "table",
        [("tableRow", [cell(*(c if isinstance(c, tuple) else (c,))) for c in row]) for row in rows],
    )


def cell(*lines: str) -> Tree:
    return ("tableCell", [p(line) for line in lines])


def fill(parent, trees: list[Tree]) -> None:
    for tag, parts in trees:
        element = XmlElement(tag, {"level": 3} if tag == "heading" else {})
        parent.children.append(element)
        if tag in TEXTS:
            _write(element, parts)
        else:
            fill(element, parts)


def _write(element, lines) -> None:
    for n, runs in enumerate(lines):
        if n:
            element.children.append(XmlElement("hardBreak"))
        text = XmlText()
        element.children.append(text)
        for words, marks in runs:
            text.insert(len(text), words, marks)


def document(*trees: Tree) -> Doc:
    doc = Doc()
    body = doc.get("body", type=XmlFragment)
    with doc.transaction():
        fill(body, list(trees))
    return doc


# --- Any of them ------------------------------------------------------------------------------------

MARKS = ({}, {}, {"bold": {}}, {"link": {"href": "https://a.example/"}})
_WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five", "é😀"]), min_size=1, max_size=4)
_LINE = st.lists(st.tuples(_WORDS.map(" ".join), st.sampled_from(MARKS)), min_size=1, max_size=2)
_TEXT = st.lists(_LINE, min_size=1, max_size=2).map(lambda lines: ("paragraph", lines))
_MAYBE = st.one_of(_TEXT, _TEXT, st.just(("paragraph", [])))


def _lists(inner):
    one = st.tuples(_MAYBE, st.lists(inner, max_size=1)).map(lambda x: ("listItem", [x[0], *x[1]]))
    return st.tuples(st.sampled_from(["bulletList", "orderedList"]), st.lists(one, min_size=1, max_size=3))


_CELL = st.lists(_MAYBE, min_size=1, max_size=2).map(lambda parts: ("tableCell", parts))
_TABLE = st.integers(2, 3).flatmap(
    lambda n: st.lists(st.lists(_CELL, min_size=n, max_size=n), min_size=1, max_size=3).map(
        lambda rows: ("table", [("tableRow", cells) for cells in rows])
    )
)
_LIST = _lists(st.one_of(_TEXT, _lists(_lists(_TEXT))))
_QUOTE = st.lists(st.one_of(_TEXT, _LIST), min_size=1, max_size=3).map(lambda parts: ("blockquote", parts))
_HEADING = _LINE.map(lambda line: ("heading", [line]))
BLOCK = st.one_of(_MAYBE, _HEADING, _LIST, _LIST, _QUOTE, _TABLE)
BODIES = st.lists(BLOCK, min_size=1, max_size=4)
