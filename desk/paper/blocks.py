"""A section's sanitised html as blocks that a document can set: headings, paragraphs, lists, tables."""

from html.parser import HTMLParser

Block = dict
# How deep lists may stand in lists; deeper ones are set at this depth.
DEEPEST = 4
_RUNS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "u", "s": "s"}
_BLOCKS = {"p": "p", "h3": "h", "h4": "h", "li": "li", "blockquote": "p"}


def blocks_of(html: str) -> list[Block]:
    """Blocks in reading order: {"is": "p" | "h" | "li" | "table", "runs": [[text, marks]], …}."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


def blocks_of_text(text: str) -> list[Block]:
    """Paragraphs of plain text, one for each run of lines between blank ones."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return [{"is": "p", "runs": [[part, []]]} for part in parts if part]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.marks: list[str] = []
        self.lists: list[int | None] = []  # number of the next item, None where it has a dot
        self.rows: list[list[list]] | None = None

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "table":
            self.end_block()
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append([])
        elif tag in _RUNS:
            self.marks.append(_RUNS[tag])
        elif tag == "br":
            self.handle_data("\n")
        elif tag in _BLOCKS and self.rows is None:
            self._begin(_BLOCKS[tag])

    def _begin(self, kind: str):
        if kind == "p" and self.block and self.block["is"] == "li" and not self.block["runs"]:
            return  # the paragraph that an item begins with
        self.end_block()
        self.block = {"is": kind, "runs": []}
        if kind == "li":
            number = self.lists[-1] if self.lists else None
            self.block |= {"number": number, "depth": min(max(len(self.lists), 1), DEEPEST)}
            if number is not None:
                self.lists[-1] = number + 1

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
        elif tag == "table" and self.rows is not None:
            self._end_table()
        elif tag in _RUNS and _RUNS[tag] in self.marks:
            self.marks.remove(_RUNS[tag])
        elif tag in _BLOCKS and self.rows is None:
            self.end_block()

    def _end_table(self):
        width = max((len(row) for row in self.rows or []), default=0)
        if width:
            rows = [row + [[]] * (width - len(row)) for row in self.rows or []]
            self.blocks.append({"is": "table", "width": width, "rows": rows})
        self.rows = None

    def handle_data(self, data):
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1].append([data, list(self.marks)])
        elif self.block is not None:
            self.block["runs"].append([data, list(self.marks)])
        elif data.strip():
            self.block = {"is": "p", "runs": [[data, list(self.marks)]]}

    def end_block(self):
        if self.block and any(text.strip() for text, _ in self.block["runs"]):
            self.blocks.append(self.block)
        self.block = None
