"""Plain text put into a document: the first time whole, later only what differs.

Writing only the difference lets the words of others, who write at the same moment, stay.
"""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from . import SEED_CLIENT
from .merging import BODY, Merged, merged
from .reading import block_text, node_of, plain

if TYPE_CHECKING:
    from pycrdt import Doc, XmlElement, XmlText

# Words, spaces, and single signs.
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


def seed(text: str) -> bytes:
    """The document of a text that had none, as an update: the same bytes wherever it is made."""
    found = merged(b"", client=SEED_CLIENT)
    return rewritten(found, text)


def rewritten(found: Merged, text: str) -> bytes:
    """Make the document say `text`; returns what was changed, as an update."""
    doc, before = found.doc, found.doc.get_state()
    with doc.transaction():
        _rewrite(doc, plain(text))
    return doc.get_update(before)


def _rewrite(doc: "Doc", text: str) -> None:
    from pycrdt import XmlFragment

    body = doc.get(BODY, type=XmlFragment)
    old = [block_text(node_of(child)) for child in body.children]
    new = text.split("\n\n") if text else []
    for i1, i2, j1, j2 in _changes(old, new):
        both = min(i2 - i1, j2 - j1)
        for n in range(i2 - 1, i1 + both - 1, -1):
            del body.children[n]
        for n in range(j2 - j1 - 1, both - 1, -1):
            body.children.insert(i1 + both, _paragraph(new[j1 + n]))
        for n in range(both - 1, -1, -1):
            if not _edited(body.children[i1 + n], new[j1 + n]):
                del body.children[i1 + n]
                body.children.insert(i1 + n, _paragraph(new[j1 + n]))


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists differ, last first, so that the places before it keep their numbers."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in reversed(codes) if tag != "equal"]


def _paragraph(text: str) -> "XmlElement":
    """A paragraph; its line ends are breaks."""
    from pycrdt import XmlElement, XmlText

    parts: list[Any] = []
    for line in text.split("\n"):
        parts += [XmlElement("hardBreak"), *([XmlText(line)] if line else [])]
    return XmlElement("paragraph", {}, parts[1:])


def _edited(block: Any, text: str) -> bool:
    """Change only what differs inside a plain paragraph or heading; False where it is no such block."""
    lines = _lines_of(block)
    if lines is None:
        return False
    new = text.split("\n")
    for i1, i2, j1, j2 in _changes([line.text for line in lines], new):
        both = min(i2 - i1, j2 - j1)
        for line in reversed(lines[i1 + both : i2]):
            _remove_line(block, line)
        place = lines[i1 + both].first if i1 + both < len(lines) else None
        _insert_lines(block, place, new[j1 + both : j2])
        for n in range(both - 1, -1, -1):
            _change_line(block, lines[i1 + n], new[j1 + n])
    return True


class Line(NamedTuple):
    """A line of a block: the place of its first child, and what it says."""

    first: int
    text: str
    words: "XmlText | None"


def _lines_of(block: Any) -> list[Line] | None:
    """The lines between the breaks; None where something else than text stands among them."""
    from pycrdt import XmlElement, XmlText

    if not isinstance(block, XmlElement) or block.tag not in ("paragraph", "heading"):
        return None
    lines, first, words = [], 0, None
    for place, child in enumerate([*block.children, None]):
        if isinstance(child, XmlText) and words is None:
            words = child
        elif child is None or (isinstance(child, XmlElement) and child.tag == "hardBreak"):
            said = _said(words)
            if said is None:
                return None
            lines.append(Line(first, said, words))
            first, words = place + 1, None
        else:
            return None
    return lines


def _said(words: "XmlText | None") -> str | None:
    """What a text says; None where it holds more than one line of words."""
    parts = [value for value, _ in words.diff()] if words is not None else []
    if not all(isinstance(part, str) for part in parts):
        return None
    said = "".join(parts)
    return said if said == "" or ("\n" not in said and plain(f".{said}.") == f".{said}.") else None


def _remove_line(block: Any, line: Line) -> None:
    """With the break before it; before the first line stands none, so the one behind it goes."""
    if line.words is not None:
        del block.children[line.first]
    if len(block.children):
        del block.children[max(line.first - 1, 0)]


def _insert_lines(block: Any, place: int | None, lines: list[str]) -> None:
    """Before the line that begins at `place`, or at the end."""
    from pycrdt import XmlElement, XmlText

    at, parts = len(block.children) if place is None else place, []
    for line in lines:
        words = [XmlText(line)] if line else []
        parts += [XmlElement("hardBreak"), *words] if place is None else [*words, XmlElement("hardBreak")]
    for part in reversed(parts):
        block.children.insert(at, part)


def _change_line(block: Any, line: Line, text: str) -> None:
    from pycrdt import XmlText

    if line.words is None:
        if text:
            block.children.insert(line.first, XmlText(text))
        return
    old, new = _TOKENS.findall(line.text), _TOKENS.findall(text)
    for i1, i2, j1, j2 in _changes(old, new):
        start = _size(old[:i1])  # places in a text are counted in bytes
        end = start + _size(old[i1:i2])
        added, look = "".join(new[j1:j2]), _look_at(line.words, start, end)
        if end > start:
            del line.words[start:end]
        if added:
            line.words.insert(start, added, look)


def _look_at(words: "XmlText", start: int, end: int) -> dict[str, Any]:
    """The marks of what is replaced, or of what goes on from before to behind the place."""
    at = 0
    for value, marks in words.diff():
        size = len(value.encode())
        if at <= start < at + size and (end > start or at < start):
            return marks or {}
        at += size
    return {}


def _size(parts: list[str]) -> int:
    return sum(len(part.encode()) for part in parts)
