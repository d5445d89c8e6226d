"""Plain text put into a document: the first time whole, later only what differs.

Writing only the difference lets the words of others, who write at the same moment, stay; so do marks, links,
lists and tables. For their sake a list counts by itself, a line without a sign belongs to the item above, and
blank lines that come or go beside a list or a table are not told.
"""

from typing import TYPE_CHECKING

from . import SEED_CLIENT
from .chunks import evened, plan_of
from .lines import paragraph
from .merging import BODY, Merged, merged
from .pairing import carry_out
from .reading import block_text, node_of, plain
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


def _rewrite(doc: "Doc", text: str) -> None:
    from pycrdt import XmlFragment

    body = doc.get(BODY, type=XmlFragment)
    says = [block_text(node_of(child)) for child in body.children]
    if text == "\n\n".join(says).strip():
        return
    shaped = [place for place, child in enumerate(body.children) if is_shaped(child)]
    plan = plan_of(says, evened(text, says, shaped) if shaped else text)
    carry_out(body, plan, paragraph, lambda block, said: edited(block, said, closely=True))
