"""A section's sanitised html as blocks that a document can set: headings, paragraphs, lists, tables."""

from html.parser import HTMLParser

Block = dict
# How deep lists may stand in lists; deeper ones are set at this depth.
DEEPEST = 4
# What a table on paper holds at most, and all tables of a text together, empty places counted.
MOST_COLUMNS, MOST_CELLS = 30, 3_000
AS_TEXT = "This table is too large for paper. Its rows follow as text."
_RUNS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "u", "s": "s"}
_BLOCKS = {"p": "p", "h3": "h", "h4": "h", "li": "li", "blockquote": "p"}
_CELLS = ("td", "th")
# Inside a cell each of them begins a line; also a table in a table.
_PARTS = {*_BLOCKS, *_CELLS, "tr", "table"}


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


def _rows_as_text(rows: list[list[list]]) -> list[Block]:
    """A paragraph for each row that says something, so that no word of a table is lost."""
    found = [{"is": "p", "runs": [[AS_TEXT, ["em"]]]}]
    for row in rows:
        cells = [cell for cell in row if any(text.strip() for text, _ in cell)]
        runs = [run for cell in cells for run in ([" · ", []], *cell)][1:]
        found += [{"is": "p", "runs": runs}] if runs else []
    return found


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.marks: list[str] = []
        self.lists: list[int | None] = []  # number of the next item, None where it has a dot
        self.rows: list[list[list]] | None = None
        self.inner = 0  # tables around this place, the outermost not counted
        self.parted = False  # does what comes next begin a line of its cell?
        self.cells = 0

    def handle_starttag(self, tag, attrs):
        if tag in _RUNS:
            self.marks.append(_RUNS[tag])
        elif tag == "br":
            self.handle_data("\n")
        elif self.rows is not None:
            self._start_in_table(tag)
        elif tag == "table":
            self.end_block()
            self.rows = []
        elif tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag in _BLOCKS:
            self._begin(_BLOCKS[tag])

    def _start_in_table(self, tag):
        self.inner += tag == "table"
        if tag == "tr" and not self.inner:
            self.rows.append([])
        elif tag in _CELLS and not self.inner and self.rows:
            self.rows[-1].append([])
        elif tag in _PARTS:
            self.parted = True

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
        if tag in _RUNS:
            if _RUNS[tag] in self.marks:
                self.marks.remove(_RUNS[tag])
        elif self.rows is not None:
            self._end_in_table(tag)
        elif tag in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
        elif tag in _BLOCKS:
            self.end_block()

    def _end_in_table(self, tag):
        self.parted = self.parted or tag in _PARTS
        if tag == "table" and not self.inner:
            self._end_table()
        elif tag == "table":
            self.inner -= 1

    def _end_table(self):
        rows = [row for row in self.rows or [] if row]
        self.rows = None
        width = max(map(len, rows), default=0)
        cells = width * len(rows)
        if width > MOST_COLUMNS or self.cells + cells > MOST_CELLS:
            self.blocks += _rows_as_text(rows)
        elif width:
            self.cells += cells
            rows = [row + [[]] * (width - len(row)) for row in rows]
            self.blocks.append({"is": "table", "width": width, "rows": rows})

    def handle_data(self, data):
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self._put_in_cell(self.rows[-1][-1], data)
        elif self.block is not None:
            self.block["runs"].append([data, list(self.marks)])
        elif data.strip():
            self.block = {"is": "p", "runs": [[data, list(self.marks)]]}

    def _put_in_cell(self, cell, data):
        if self.parted and cell:
            cell.append(["\n", []])
        self.parted = False
        cell.append([data, list(self.marks)])

    def end_block(self):
        if self.block and any(text.strip() for text, _ in self.block["runs"]):
            self.blocks.append(self.block)
        self.block = None
