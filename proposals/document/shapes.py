"""Lists, quotes and tables made to say another text by changing only what differs inside them."""

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from .lines import TOKENS, edit_lines, paragraph
from .pairing import Place, became, carry_out, changes, upcoming
from .reading import FURTHEST, collapsed, in_a_line, node_of, start_of, text_in_block

if TYPE_CHECKING:
    from pycrdt import XmlElement

_SIGN = {"bulletList": re.compile(r"-(?: |$)()"), "orderedList": re.compile(r"(\d{1,9})\.(?: |$)")}
# What holds paragraphs and the like, and no words of its own.
_STACKS = ("blockquote", "listItem", "tableCell", "tableHeader")


def is_shaped(block: Any) -> bool:
    """Is it a list or a table, whose lines show by themselves where it ends?"""
    return getattr(block, "tag", None) in (*_SIGN, "table")


def edited(block: Any, text: str, closely: bool = False) -> bool:
    """Make a block say `text`; False where it is of another shape and would have to be made anew.

    `closely` where no blank line is told, as outside of lists.
    """
    from pycrdt import XmlElement

    if not isinstance(block, XmlElement) or block.tag == "horizontalRule":
        return False
    if block.tag in _SIGN:
        return _edit_list(block, text)
    if block.tag == "tableRow":
        return _edit_row(block, text)
    return _edit_stack(block, text, closely) if _holds_blocks(block) else edit_lines(block, text)


def _holds_blocks(block: "XmlElement") -> bool:
    from pycrdt import XmlElement

    if not len(block.children):
        return block.tag in _STACKS
    return any(isinstance(child, XmlElement) and child.tag != "hardBreak" for child in block.children)


def _beside(old: list[str], new: list[str], was: dict[int, int]) -> list[Place]:
    return [_place(old, was.get(n), said) for n, said in enumerate(new)]


def _place(old: list[str], place: int | None, said: str) -> Place:
    """A child is left alone where it says so already."""
    return place, None if place is not None and old[place] == said else said


# --- Lists ----------------------------------------------------------------------------------------


def _edit_list(block: "XmlElement", text: str) -> bool:
    """By items: whole ones come and go. The list counts by itself from the first number on."""
    old = [text_in_block(child) for child in node_of(block).children]
    lines = text.strip("\n").split("\n")
    new = _items_in(_SIGN[block.tag or ""], lines, len(old))
    first = int(found[1] or 1) if (found := _SIGN[block.tag or ""].match(lines[0])) else 0
    if not new or len(old) != len(block.children) or not 1 <= first <= FURTHEST:
        return False
    carry_out(block, _beside(old, new, became(old, new)), _item, edited)
    if block.tag == "orderedList" and first != start_of(node_of(block)):
        block.attributes["start"] = first
    return True


def _items_in(sign: re.Pattern[str], lines: list[str], count: int) -> list[str]:
    """What each item says. A line without a sign belongs to the item above; nothing if there is none.

    A number higher than any that `count` old items and these lines can have, such as a year, is a word.
    """
    items: list[str] = []
    width = most = 0
    for line in lines:
        if (found := sign.match(line)) and (not items or int(found[1] or 0) <= most):
            most = most or int(found[1] or 0) + max(count, len(lines))
            items.append(line[found.end() :])
            width = len(found[0])
        elif items:
            inside = len(line) - len(line.lstrip(" "))
            items[-1] += "\n" + line[min(inside, width) :]
        else:
            return []
    return items


def _item(text: str) -> "XmlElement":
    from pycrdt import XmlElement

    return XmlElement("listItem", {}, [paragraph(text)])


# --- Blocks below each other ------------------------------------------------------------------------


def _edit_stack(block: "XmlElement", text: str, closely: bool) -> bool:
    """An item, a quote, a cell or a table: each new line goes to the child whose line it was."""
    children = list(block.children)
    old = [text_in_block(node_of(child)) for child in children]
    if closely:
        old, text = [collapsed(said).strip("\n") for said in old], text.strip("\n")
    lines = [(n, line) for n, said in enumerate(old) for line in said.split("\n") if line or not closely]
    new = text.split("\n")
    was = became(
        [line for _, line in lines], new, lambda i, j: _may_say(children[lines[i][0]], new[j])
    )  # fmt: skip
    owners = [lines[was[j]][0] if j in was else None for j in range(len(new))]
    plan = [_place(old, n, said) for n, said in _gathered(children, owners, new)]
    if closely:
        plan = _with_blank(plan, old)
    make = _row if block.tag == "table" else paragraph
    carry_out(block, plan, make, lambda child, said: edited(child, said, closely))
    return True


def _may_say(child: Any, line: str) -> bool:
    sign = _SIGN.get(getattr(child, "tag", None) or "")
    return sign is None or bool(sign.match(line)) or line.startswith("  ")


def _draws(child: Any, line: str) -> bool:
    """Does a line that came belong to the list beside it?"""
    return getattr(child, "tag", None) in _SIGN and _may_say(child, line)


def _gathered(children: list[Any], owners: list[int | None], new: list[str]) -> list[tuple[int | None, str]]:
    """The lines of each child together; one that came between two lines of a child belongs to it."""
    plan: list[tuple[int | None, str]] = []
    for owner, after, line in zip(owners, upcoming(owners), new, strict=True):
        last = plan[-1][0] if plan else None
        if owner is None and last is not None and (last == after or _draws(children[last], line)):
            owner = last
        elif owner is None and after is not None and _draws(children[after], line):
            owner = after
        if owner is not None and owner == last:
            plan[-1] = owner, f"{plan[-1][1]}\n{line}"
        else:
            plan.append((owner, line))
    return plan


def _with_blank(plan: list[Place], old: list[str]) -> list[Place]:
    """Empty paragraphs stay, in which somebody may write just now, unless what stood beside them went."""
    full = [n if said else None for n, said in enumerate(old)]
    beside = zip(upcoming(full[::-1])[::-1], upcoming(full), strict=True)
    kept = {None, *(place for place, _ in plan)}
    stay = [n for n, both in enumerate(beside) if full[n] is None and (None in both or kept.issuperset(both))]
    found: list[Place] = []
    for place, said in plan:
        while stay and place is not None and stay[0] < place:
            found.append((stay.pop(0), None))
        found.append((place, said))
    return found + [(n, None) for n in stay]


# --- Tables -----------------------------------------------------------------------------------------


def _edit_row(block: "XmlElement", text: str) -> bool:
    """By cells; a tab that stands inside of one stays there while there are as many."""
    old, new = [in_a_line(text_in_block(child)) for child in node_of(block).children], text.split("\t")
    if len(old) != len(block.children) or "\n" in text:
        return False
    tabs = [said.count("\t") for said in old]
    if len(old) + sum(tabs) == len(new):
        ends = list(accumulate(n + 1 for n in tabs))
        cells = ["\t".join(new[end - n - 1 : end]) for end, n in zip(ends, tabs, strict=True)]
        was = {n: n for n in range(len(old))}
    elif not any(tabs):
        cells, was = new, became(old, new)
    else:
        return False
    carry_out(block, _beside(old, cells, was), _cell, _edit_cell)
    return True


def _row(text: str) -> "XmlElement":
    from pycrdt import XmlElement

    return XmlElement("tableRow", {}, [_cell(part) for part in text.split("\t")])


def _cell(text: str) -> "XmlElement":
    from pycrdt import XmlElement

    return XmlElement("tableCell", {}, [paragraph(text)])


def _edit_cell(cell: Any, text: str) -> bool:
    return edited(cell, _in_lines(text_in_block(node_of(cell)), text))


def _in_lines(before: str, text: str) -> str:
    """A cell is told in one line; find again where its lines end. All in its first where they were joined."""
    lines = before.split("\n")
    full = [n for n, line in enumerate(lines) if line.strip()] or [0]
    # Each word with its line; the space between two lines goes with the line behind it.
    told = [(n, word) for n in full for word in (" ", *TOKENS.findall(lines[n].strip()))][1:]
    new, found = TOKENS.findall(text), dict.fromkeys(full, "")
    at, stands = full[0], 0
    for i1, i2, j1, j2 in [*reversed(changes([word for _, word in told], new)), (len(told),) * 2 + (0, 0)]:
        for n, word in told[stands:i1]:
            found[n] += word
            at = n
        at = told[i1][0] if i1 < i2 else at
        found[at] += "".join(new[j1:j2])
        stands = i2
    said = [found[n].strip() if n in found else line for n, line in enumerate(lines)]
    if in_a_line("\n".join(said)) != text.strip():
        said = [text if n == full[0] else "" for n in range(len(lines))]
    inside = [line[: len(line) - len(line.lstrip())] for line in lines]
    return "\n".join(space + words for space, words in zip(inside, said, strict=True))
