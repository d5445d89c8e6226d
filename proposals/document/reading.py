"""What a document says, as sanitised HTML and as plain text. What is not known degrades to its text.

What is nested too deep is refused as malformed, so that nothing is left out of what people read.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from .checking import DEEPEST, Malformed
from .merging import BODY, apply

if TYPE_CHECKING:
    from pycrdt import Doc

# The largest number that a list begins at, or that cells span; each line of an item is set in by it.
FURTHEST = 1000
# Places of a table, rows by columns: a class list of a large school, ten times over.
MOST_PLACES = 50_000

TAGS = {
    "paragraph": "p", "bulletList": "ul", "orderedList": "ol", "listItem": "li", "blockquote": "blockquote",
    "table": "table", "tableRow": "tr", "tableHeader": "th", "tableCell": "td",
}  # fmt: skip
MARKS = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s"}
ALLOWED = {*TAGS.values(), *MARKS.values(), "h3", "h4", "br", "hr", "a", "tbody"}
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_CONTROL = {code: None for code in [*range(32), 127] if chr(code) not in "\n\t"}


class Run(NamedTuple):
    """Text in one look."""

    text: str
    marks: dict[str, Any]


class Node(NamedTuple):
    tag: str
    attributes: dict[str, Any]
    children: "list[Node | Run]"


class Shown(NamedTuple):
    html: str
    text: str


def shown(doc: "Doc") -> Shown:
    nodes = tree_of(doc)
    return Shown(html_of(nodes), text_of(nodes))


def words_added(doc: "Doc", updates: Iterable[bytes]) -> str:
    """What these updates put into the document, and nothing of what stands there. They are merged into it.

    Raises Malformed.
    """
    from pycrdt import XmlFragment

    found: list[Node | Run] = []

    def heard(events: Iterable[Any]) -> None:
        for put in (part["insert"] for event in events for part in event.delta if "insert" in part):
            found.extend(_runs(put, {}, 0) if isinstance(put, str) else [node_of(child) for child in put])

    body = doc.get(BODY, type=XmlFragment)
    watching = body.observe_deep(heard)
    apply(doc, *updates)
    body.unobserve(watching)
    return text_of(node for node in found if block_text(node).strip())


def tree_of(doc: "Doc") -> list[Node | Run]:
    """The document as plain values, in one pass."""
    from pycrdt import XmlFragment

    with doc.transaction():
        return _children(doc.get(BODY, type=XmlFragment), 0)


def _children(parent: Any, depth: int) -> list[Node | Run]:
    if depth < DEEPEST:
        return [part for child in parent.children for part in _read(child, depth)]
    if len(parent.children):
        raise Malformed
    return []


def node_of(child: Any) -> Node:
    """One child of the document as a node, whatever it is."""
    found = _read(child, 0)
    return found[0] if len(found) == 1 and isinstance(found[0], Node) else Node("", {}, found)


def plain(text: str) -> str:
    """Text as a document says it: Unix line ends, nothing around it, no control characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL).strip()


def _read(child: Any, depth: int) -> list[Node | Run]:
    from pycrdt import XmlElement, XmlText

    if isinstance(child, XmlElement):
        node = Node(child.tag or "", dict(child.attributes), _children(child, depth + 1))
        if node.tag == "table":
            _refuse_too_wide(node)
        return [node]
    if isinstance(child, XmlText):
        return [run for value, marks in child.diff() for run in _runs(value, marks or {}, depth)]
    return _children(child, depth + 1) if hasattr(child, "children") else []


def _refuse_too_wide(table: Node) -> None:
    """A browser lays a table out by its places, of which a few bytes can claim a thousand million."""
    rows = [row.children for row in table.children if isinstance(row, Node)]
    spans = ([_whole(c.attributes.get("colspan"), 1) for c in row if isinstance(c, Node)] for row in rows)
    widest = max((sum(max(span, 1) for span in row) for row in spans), default=0)
    if widest * len(rows) > MOST_PLACES:
        raise Malformed("This table is too large for the text. Attach it as a file.")


def loose_words(doc: "Doc") -> bool:
    """Do words stand outside of every block?"""
    from pycrdt import XmlElement, XmlFragment

    with doc.transaction():
        children = list(doc.get(BODY, type=XmlFragment).children)
    return not all(isinstance(child, XmlElement) for child in children)


def _runs(value: Any, marks: dict[str, Any], depth: int) -> list[Node | Run]:
    """What stands in a text: words, or something that was put between them."""
    if isinstance(value, str):
        return [Run(value.translate(_CONTROL), marks)]
    return _read(value, depth + 1)


# --- HTML ---------------------------------------------------------------------------------------


def html_of(nodes: Iterable[Node | Run]) -> str:
    html = "".join(_html(node) for node in nodes)
    return clean(html) if text_in(html) else ""


def clean(html: str) -> str:
    """Only what reading needs: no style, no class, no attribute that a script would read."""
    import nh3

    return nh3.clean(
        html, tags=ALLOWED, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )


def text_in(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def _html(node: Node | Run) -> str:
    if isinstance(node, Run):
        return _marked(node)
    if node.tag == "hardBreak":
        return "<br>"
    if node.tag == "horizontalRule":
        return "<hr>"
    inner = "".join(_html(child) for child in node.children)
    if node.tag == "heading":
        tag = "h3" if _whole(node.attributes.get("level"), 3) <= 3 else "h4"
        return f"<{tag}>{inner}</{tag}>"
    tag = TAGS.get(node.tag, "")
    if not tag:
        return inner
    inner = f"<tbody>{inner}</tbody>" if tag == "table" else inner
    return f"<{tag}{_attributes(tag, node.attributes)}>{inner}</{tag}>"


def _attributes(tag: str, given: dict[str, Any]) -> str:
    names = sorted(ATTRIBUTES.get(tag, ()))
    found = {name: _whole(given.get(name), 1) for name in names}
    return "".join(f' {name}="{value}"' for name, value in found.items() if 1 < value <= FURTHEST)


def _marked(run: Run) -> str:
    html = escape(run.text)
    # Marks that may overlap carry a hash behind their name.
    marks = {str(name).partition("--")[0]: value for name, value in run.marks.items()}
    for mark, tag in MARKS.items():
        if mark in marks:
            html = f"<{tag}>{html}</{tag}>"
    href = marks["link"].get("href") if isinstance(marks.get("link"), dict) else None
    if isinstance(href, str) and _LINK.fullmatch(href):
        html = f'<a href="{escape(href)}">{html}</a>'
    return html


def _whole(value: Any, otherwise: int) -> int:
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        return otherwise


# --- Plain text -----------------------------------------------------------------------------------


def text_of(nodes: Iterable[Node | Run]) -> str:
    """Paragraphs with a blank line between them, “- ” before items, a tab between cells."""
    return "\n\n".join(block_text(node) for node in nodes).strip()


def block_text(node: Node | Run) -> str:
    """One block of the document; it holds no blank line."""
    return collapsed(text_in_block(node))


def collapsed(text: str) -> str:
    return re.sub(r"\n{2,}", "\n", text)


def text_in_block(node: Node | Run) -> str:
    """What stands in a block, with its blank lines."""
    if isinstance(node, Run):
        return node.text
    written: Callable[[Node], str] = _WRITTEN.get(node.tag, _inline)
    return written(node)


def _inline(node: Node) -> str:
    """Words in a row; blocks inside one below the other."""
    blocks = any(isinstance(child, Node) and child.tag not in _IN_LINE for child in node.children)
    return ("\n" if blocks else "").join(text_in_block(child) for child in node.children)


def _items(node: Node, signs: Iterable[str]) -> str:
    lines = []
    for sign, item in zip(signs, node.children, strict=False):
        lines.append(sign + text_in_block(item).replace("\n", "\n" + " " * len(sign)))
    return "\n".join(lines)


def _bullets(node: Node) -> str:
    return _items(node, ["- "] * len(node.children))


def _numbers(node: Node) -> str:
    first = start_of(node)
    return _items(node, [f"{first + n}. " for n in range(len(node.children))])


def start_of(node: Node) -> int:
    """The number of the first item, as the html has it."""
    start = _whole(node.attributes.get("start"), 1)
    return start if 1 < start <= FURTHEST else 1


def _cells(node: Node) -> str:
    return "\t".join(in_a_line(text_in_block(child)) for child in node.children)


def in_a_line(text: str) -> str:
    return " ".join(line for said in text.split("\n") if (line := said.strip()))


_IN_LINE = ("hardBreak",)
_WRITTEN: dict[str, Callable[[Node], str]] = {
    "hardBreak": lambda node: "\n",
    "bulletList": _bullets,
    "orderedList": _numbers,
    "tableRow": _cells,
}
