"""Plain text put into documents with lists, quotes and tables: exact words, and the shapes stay."""

import copy
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import XmlFragment, XmlText

from proposals.document.merging import merged
from proposals.document.reading import plain, shown
from proposals.document.writing import rewritten

from .shapes import BLOCK, BODIES, TEXTS, bullets, document, item, link, numbers, p, quote, table

pytestmark = pytest.mark.once

FEW = settings(max_examples=100, deadline=None)


def put(trees, text: str):
    """What the document shows after the text was put into it."""
    found = merged(document(*trees).get_update(), client=7)
    rewritten(found, text)
    return shown(found.doc)


def html(*trees) -> str:
    return shown(document(*trees)).html


def text(*trees) -> str:
    return shown(document(*trees)).text


def outline(html: str) -> list[str]:
    """The blocks without their words and looks."""
    return re.findall(r"</?(?:p|h3|ul|ol|li|blockquote|table|tr|td)\b", html)


# --- Any document, any words ------------------------------------------------------------------------


def runs_of(trees) -> list[tuple[list, int]]:
    """Each run of words, as the line and the place in it."""
    found = []
    for tag, parts in trees:
        if tag in TEXTS:
            found += [(line, n) for line in parts for n in range(len(line))]
        else:
            found += runs_of(parts)
    return found


def boxes_of(trees: list) -> list[list]:
    """Everything that blocks, items or rows stand in."""
    return [trees, *(box for tag, parts in trees if tag not in TEXTS for box in boxes_of(parts))]


def told(text: str) -> str:
    """Without the space that empty rows and items leave beside a list or a table."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m) +$", "", plain(text)))


def tell_apart(trees) -> None:
    """No two runs of words are the same, as in what people write."""
    for n, (line, place) in enumerate(runs_of(trees)):
        line[place] = " ".join(f"{word}{n}" for word in line[place][0].split()), line[place][1]


def reworded(data, line: list, n: int, new: str, *, only_more: bool) -> None:
    words, marks = line[n]
    old = words.split()
    at = data.draw(st.integers(0, len(old)))
    gone = 0 if only_more else data.draw(st.integers(0, len(old) - at))
    line[n] = " ".join([*old[:at], new, *old[at + gone :]]), marks


@FEW
@given(BODIES, st.data())
def test_words_changed_in_one_place(trees, data):
    changed = copy.deepcopy(trees)
    if runs := runs_of(changed):
        reworded(data, *data.draw(st.sampled_from(runs)), "new", only_more=False)
    now = put(trees, text(*changed))
    assert now.text == text(*changed)
    assert outline(now.html) == outline(html(*trees))


@FEW
@given(BODIES, st.data())
def test_words_added_in_many_places(trees, data):
    tell_apart(trees)
    changed = copy.deepcopy(trees)
    for n, run in enumerate(runs_of(changed)):
        if data.draw(st.booleans()):
            reworded(data, *run, f"new{n}", only_more=True)
    now = put(trees, text(*changed))
    assert now.text == text(*changed)
    assert outline(now.html) == outline(html(*trees))


@FEW
@given(BODIES, BLOCK, st.data())
def test_whole_lines_and_blocks_come_and_go(trees, block, data):
    tell_apart([*trees, block])
    changed = copy.deepcopy(trees)
    for _ in range(data.draw(st.integers(1, 3))):
        box = data.draw(st.sampled_from(boxes_of(changed)))
        at = data.draw(st.integers(0, len(box)))
        if box is changed and data.draw(st.booleans()):
            box.insert(at, block)
        elif at < len(box) and len(box) > 1:
            del box[at]
    now = put(trees, text(*changed))
    assert told(now.text) == told(text(*changed))
    same = [html(tree) for tree in trees if tree in changed and trees.count(tree) == 1]
    assert [one for one in same if one not in now.html] == []


@FEW
@given(BODIES, st.text(alphabet=st.sampled_from(list("ab1. é-\n\n\t")), max_size=40))
def test_any_other_text_loses_no_word(trees, other):
    words = re.findall(r"[abé]+", plain(other))
    assert re.findall(r"[abé]+", put(trees, other).text) == words


# --- What people do --------------------------------------------------------------------------------

LIST = bullets("First matter", item("Second thing", numbers("x", "y")))
TABLE = table(("", "A"), ("k", ("one", "two")), ("", ""))


@pytest.mark.parametrize(
    ("trees", "new", "then"),
    [
        ([LIST], "- First big matter\n- Second thing\n  1. x\n  2. y",
         [bullets("First big matter", item("Second thing", numbers("x", "y")))]),
        ([LIST], "- New\n- First matter\n- Second thing\n  1. x\n  2. w\n  3. y",
         [bullets("New", "First matter", item("Second thing", numbers("x", "w", "y")))]),
        # A line without a sign belongs to the item above; a list counts by itself.
        ([LIST], "- First matter\nand more\n- Second thing\n  1. y",
         [bullets(item("First matter", "and more"), item("Second thing", ("orderedList", [item("y")])))]),
        ([numbers("a", "b", "c")], "1. a\n3. c", [numbers("a", "c")]),
        ([numbers("a", "b")], "1. a\n1990. was the year\n2. b",
         [numbers(item("a", "1990. was the year"), "b")]),
        # Blank lines beside a list and inside of it.
        ([p("Intro"), LIST, p("End")], "Intro\n- First matter\n\n- Second thing\n  1. x\n  2. y\nEnd!",
         [p("Intro"), bullets("First matter", item("Second thing", numbers("x", "y"), "End!"))]),
        ([p("Intro"), LIST, p("End")], "Intro\n- First matter\n\n- Second thing\n  1. x\n  2. y\nEnd",
         [p("Intro"), LIST, p("End")]),
        # The space of an empty cell at the edge of the text is not told.
        ([TABLE], "A\nk\tone two", [TABLE]),
        ([TABLE], "First\n\nA\nk\tone three two\nm\t5\n\nLast",
         [p("First"), table(("", "A"), ("k", ("one", "three two")), ("m", "5"), ("", "")), p("Last")]),
        ([p("Intro"), table(("", "A"), ("b", "")), p("End")], "A\nb2", [table(("", "A"), ("b2", ""))]),
        ([table(("a", "b", "c"))], "a\tc", [table(("a", "c"))]),
        ([table(("a", ("one", "two")))], "a\tonetwo", [table(("a", ("onetwo", "")))]),
        ([quote("Q", "", "r")], "Q\nmore\nr2", [quote("Q", "", "more", "r2")]),
        ([quote(LIST)], "- First matter\n- Second", [quote(bullets("First matter", "Second"))]),
        # Empty paragraphs, in which somebody may write just now.
        ([p(""), p("a"), p(""), p("b"), p("")], "a!\n\n\n\nb", [p(""), p("a!"), p(""), p("b"), p("")]),
        ([p("")], "a", [p("a")]),
        ([p("a"), p(""), p("b")], "New\n\n\n\na", [p("New"), p(""), p("a")]),
        # Of another shape.
        ([LIST], "First matter, then a second thing", [p("First matter, then a second thing")]),
    ],
)  # fmt: skip
def test_shapes_stay(trees, new, then):
    assert put(trees, new).html == html(*then)


def test_links_and_marks_stay_in_lists_and_tables():
    shapes = [bullets(item(link("the plan", "https://a.example/")), "b"), table(("x", "y"), ("1", "2"))]
    shapes[1][1][0][1][0][1][0] = link("x", "https://b.example/")
    now = put(shapes, text(*shapes).replace("b\n", "be\n").replace("plan", "old plan").replace("2", "3"))
    assert now.html == html(*shapes).replace("<p>b<", "<p>be<").replace("plan", "old plan").replace("2", "3")


def test_two_people_begin_a_line_at_once():
    """Then two texts stand in it, of which neither is lost when a word changes."""
    doc = document(("paragraph", [[("One ", {})]]))
    (block,) = doc.get("body", type=XmlFragment).children
    block.children.append(XmlText("more word"))
    found = merged(doc.get_update(), client=7)
    rewritten(found, "One long word")
    assert shown(found.doc).html == "<p>One long word</p>"
    block.children[1].insert(0, "even ")
    found.doc.apply_update(doc.get_update())
    assert "even" in shown(found.doc).text


def test_twins_are_not_taken_for_each_other():
    bold = ("paragraph", [[("to be done", {"bold": {}})]])
    assert put([p("to be done"), bold], "to be done soon\n\nto be done").html == html(
        p("to be done soon"), bold
    )


def test_very_many_lines():
    rows = [f"row {n} of the list" for n in range(400)]
    now = put([bullets(*rows)], "- ".join(["", *(f"{row} changed\n" for row in rows[::-2])]).strip())
    assert now.text.count("changed") == 200 and now.html.count("<li>") == 200
