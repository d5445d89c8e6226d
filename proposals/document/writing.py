"""Plain text put into a document: the first time whole, later only what differs. And blocks put behind it.

Writing only the difference lets the words of others, who write at the same moment, stay; so do marks, links,
lists and tables. For their sake a list counts by itself, a line without a sign belongs to the item above, and
blank lines that come or go beside a list or a table are not told.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import SEED_CLIENT
from .chunks import evened, plan_of
from .lines import paragraph
from .merging import BODY, Merged, merged
from .pairing import carry_out
from .reading import Node, Run, block_text, node_of, plain, tree_of
from .shapes import edited, is_shaped

if TYPE_CHECKING:
    from pycrdt import Doc


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


def extended(found: Merged, blocks: Iterable[Node | Run], most: int) -> list[bytes]:
    """Put blocks of another document behind the others; returns what was added, as updates of `most` bytes.

    What was written and removed in the other document stays there.
    """
    from pycrdt import XmlFragment, merge_updates

    made: list[bytes] = []
    watching = found.doc.observe(lambda event: made.append(event.update))
    _put(found.doc.get(BODY, type=XmlFragment), blocks)
    found.doc.unobserve(watching)
    groups: list[list[bytes]] = []
    size = most
    for update in made:
        size += len(update)
        if size > most:
            groups.append([])
            size = len(update)
        groups[-1].append(update)
    return [bytes(merge_updates(*group)) for group in groups]


def blocks_of(text: str) -> list[Node | Run]:
    """A text as the blocks of a document."""
    return tree_of(merged(seed(text)).doc)


def heading(text: str) -> Node:
    return Node("heading", {"level": 3}, [Run(text, {})])


def _put(parent: Any, parts: Iterable[Node | Run]) -> None:
    """Each block and each run of words in a step of its own, so that updates can be cut between them."""
    from pycrdt import XmlElement, XmlText

    words = None
    for part in parts:
        if isinstance(part, Node):
            words = None
            element = XmlElement(part.tag, part.attributes)
            parent.children.append(element)
            _put(element, part.children)
            continue
        if words is None:
            words = XmlText()
            parent.children.append(words)
        words.insert(len(words), part.text, part.marks)


def _rewrite(doc: "Doc", text: str) -> None:
    from pycrdt import XmlFragment

    body = doc.get(BODY, type=XmlFragment)
    says = [block_text(node_of(child)) for child in body.children]
    if text == "\n\n".join(says).strip():
        return
    shaped = [place for place, child in enumerate(body.children) if is_shaped(child)]
    plan = plan_of(says, evened(text, says, shaped) if shaped else text, shaped)
    carry_out(body, plan, paragraph, lambda block, said: edited(block, said, closely=True))
