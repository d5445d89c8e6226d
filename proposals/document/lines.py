"""The lines of a paragraph or heading, and words changed in one of them."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .pairing import changes
from .reading import plain

if TYPE_CHECKING:
    from pycrdt import XmlElement, XmlText

# Words, spaces, and single signs.
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


class Line(NamedTuple):
    """A line of a block: the place of its first child, what it says, and its texts, mostly one."""

    first: int
    text: str
    words: "list[XmlText]"


def paragraph(text: str) -> "XmlElement":
    """A paragraph; its line ends are breaks."""
    from pycrdt import XmlElement, XmlText

    parts: list[Any] = []
    for line in text.split("\n"):
        parts += [XmlElement("hardBreak"), *([XmlText(line)] if line else [])]
    return XmlElement("paragraph", {}, parts[1:])


def edit_lines(block: Any, text: str) -> bool:
    """Change only what differs inside; False where something else than lines of text stands there."""
    lines = _lines_of(block)
    if lines is None:
        return False
    new = text.split("\n")
    for i1, i2, j1, j2 in changes([line.text for line in lines], new):
        both = min(i2 - i1, j2 - j1)
        for line in reversed(lines[i1 + both : i2]):
            _remove_line(block, line)
        place = lines[i1 + both].first if i1 + both < len(lines) else None
        _insert_lines(block, place, new[j1 + both : j2])
        for n in range(both - 1, -1, -1):
            _change_line(block, lines[i1 + n], new[j1 + n])
    return True


def _lines_of(block: Any) -> list[Line] | None:
    """The lines between the breaks; None where something else than text stands among them."""
    from pycrdt import XmlElement, XmlText

    lines, first, words = [], 0, []
    for place, child in enumerate([*block.children, None]):
        if isinstance(child, XmlText):  # two of them where two people began the line at once
            words.append(child)
        elif child is None or (isinstance(child, XmlElement) and child.tag == "hardBreak"):
            said = _said(words)
            if said is None:
                return None
            lines.append(Line(first, said, words))
            first, words = place + 1, []
        else:
            return None
    return lines


def _said(words: "list[XmlText]") -> str | None:
    """What texts say in a row; None where that is more than one line of words."""
    parts = [value for text in words for value, _ in text.diff()]
    if not all(isinstance(part, str) for part in parts):
        return None
    said = "".join(parts)
    return said if said == "" or ("\n" not in said and plain(f".{said}.") == f".{said}.") else None


def _remove_line(block: Any, line: Line) -> None:
    """With the break before it; before the first line stands none, so the one behind it goes."""
    for _ in line.words:
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

    if not line.words:
        if text:
            block.children.insert(line.first, XmlText(text))
        return
    old, new = TOKENS.findall(line.text), TOKENS.findall(text)
    for i1, i2, j1, j2 in changes(old, new):
        start = _size(old[:i1])  # places in a text are counted in bytes
        _replace(line.words, start, start + _size(old[i1:i2]), "".join(new[j1:j2]))


def _replace(words: "list[XmlText]", start: int, end: int, added: str) -> None:
    """Other words from `start` to `end`, counted over all texts of a line."""
    for text in words:
        size = len(text)
        first, last = max(start, 0), min(end, size)
        if first < size or text is words[-1]:
            look = _look_at(text, first, last)
            if last > first:
                del text[first:last]
            if added:
                text.insert(first, added, look)
            added = ""
        start, end = start - size, end - size


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
