"""Plain text of a document's nodes, whatever they hold."""

import pytest

from proposals.document.reading import Node, Run, text_of

pytestmark = pytest.mark.once


def row_of(*cells: str) -> Node:
    return Node("tableRow", {}, [Node("tableCell", {}, [Run(cell, {})]) for cell in cells])


def test_a_cell_is_told_in_one_line():
    assert text_of([row_of(" a \n\n b", "c  d\n", "\n")]) == "a b\tc  d"


@pytest.mark.timeout(20)
def test_no_blanks_make_a_cell_long_to_read():
    blanks = " " * 1_000_000
    assert text_of([row_of(f"a{blanks}b")]) == f"a{blanks}b"


@pytest.mark.parametrize(("start", "sign"), [(3, "3. "), (1000, "1000. "), (1001, "1. "), (1e308, "1. ")])
def test_a_list_begins_at_a_number_that_people_write(start, sign):
    """Each line of a list in a list is set in by the numbers around it: a long one would make it endless."""
    words = Node("paragraph", {}, [Run("a", {}), Node("hardBreak", {}, []), Run("b", {})])
    inner = Node("orderedList", {"start": start}, [Node("listItem", {}, [words])])
    assert text_of([inner]) == f"{sign}a\n{' ' * len(sign)}b"
