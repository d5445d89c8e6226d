"""The plain form and applied wording beside editors in the same list or table: every word stays."""

import base64
import re

import pytest

from activity.refused import Refused
from proposals import live
from proposals.actions import drafting, remarks
from proposals.actions.live import merge_updates
from proposals.actions.meanwhile import digest_of
from proposals.actions.text import Update
from proposals.rules.text import text_for

from .editors import Editor
from .shapes import bullets, fill, item, link, p, table
from .test_live_races import at_once, compacting, said_by

ROWS = 6
SHAPES = [
    p("Intro."),
    bullets(*(f"Matter {n} stays" for n in range(ROWS))),
    table(*((f"Row {n}", ("begun", f"part {n}")) for n in range(ROWS))),
    bullets(item(link("The plan", "https://a.example/plan"))),
]


@pytest.fixture
def shaped(draft, lead_head):
    """A draft whose need holds a list, a table with cells of two lines, and a link."""
    editor = Editor()
    fill(editor.body, SHAPES)
    send(editor, draft, lead_head)
    return draft


def send(editor: Editor, proposal, person):
    row = editor.news()
    update = Update(row["kind"], row["key"], row["client"], base64.b64decode(row["data"]))
    return merge_updates(pk=proposal.pk, updates=[update], by=person)


def reading(proposal, person, kind: str = "need") -> Editor:
    editor = Editor(kind)
    editor.take(live.news_of(text_for(person, proposal.pk), 0))
    return editor


def text_in(editor: Editor, block: int, *places: int):
    """The words at a place: of an item, or of a cell."""
    found = editor.body.children[block]
    for place in places:
        found = found.children[place]
    return found.children[0]


ITEM, CELL = (1, 1, 0), (2, 1, 1, 1)  # the second item; the second line of the second row's second cell


def need(proposal):
    return proposal.sections.get(kind="need")


def applied(proposal, quote: str, wording: str, by) -> None:
    said = remarks.comment(proposal=proposal, section="need", text="", quote=quote, wording=wording, by=by)
    remarks.accept_suggestion(comment=said, by=by)
    remarks.apply_suggestion(comment=said, by=by)


def formed(proposal, by, change) -> bool:
    """One save of the plain form; False where somebody else was first."""
    stands = need(proposal).text
    try:
        drafting.edit_section(
            proposal=proposal, kind="need", text=change(stands), began=digest_of(stands), by=by
        )
    except Refused:
        return False
    return True


@pytest.mark.parametrize("place", [ITEM, CELL])
@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("Matter 0", "Theme 0"),
        ("part 0", "piece 0"),
        ("stays", "stays,\nand grows"),
        ("The plan", "Our plan"),
    ],
)
def test_who_has_not_seen_an_applied_wording_loses_no_word(
    shaped, lead_head, lead_deputy, place, quote, wording
):
    hers = reading(shaped, lead_deputy)
    applied(shaped, quote, wording, lead_head)
    text_in(hers, *place).insert(0, "hers ")
    assert send(hers, shaped, lead_deputy).accepted
    stands = need(shaped)
    assert "hers " in stands.text and " ".join(wording.split()) in " ".join(stands.text.split())
    assert stands.html.count("<li>") == ROWS + 1 and stands.html.count("<tr>") == ROWS
    assert 'href="https://a.example/plan"' in stands.html
    assert said_by(shaped, lead_head) == stands.text


@pytest.mark.parametrize("place", [ITEM, CELL])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Matter 0 stays", "Matter 0 goes"), ("- Matter 0 stays\n", ""), ("- Matter 2", "- New\n- Matter 2"),
        ("Row 0\tbegun part 0\n", ""), ("Row 2\t", "Row new\tx\nRow 2\t"), ("part 3", "part three"),
        ("Intro.\n\n", "Intro.\n"), ("- Matter 1", "\n- Matter 1"), ("Intro.\n\n", ""),
        ("Intro.", "A.\n\nB."),
    ],
)  # fmt: skip
def test_who_has_not_seen_the_plain_form_loses_no_word(shaped, lead_head, lead_deputy, place, old, new):
    hers = reading(shaped, lead_deputy)
    assert old in need(shaped).text
    assert formed(shaped, lead_head, lambda text: text.replace(old, new, 1))
    text_in(hers, *place).insert(0, "hers ")
    assert send(hers, shaped, lead_deputy).accepted
    stands = need(shaped)
    assert "hers " in stands.text
    assert {"<ul>", "<table>", "<td>"} <= set(stands.html.replace(">", "> ").split())


# --- At the same moment ----------------------------------------------------------------------------


def typing(proposal, person, block: int, row: int, *inside: int, words: int = 8):
    """Somebody who types in one item or cell; what was acknowledged."""

    def act():
        editor, acknowledged = reading(proposal, person), []
        for n in range(words):
            said = f"t{block}r{row}n{n}x"
            text_in(editor, block, row, *inside).insert(0, f"{said} ")
            if send(editor, proposal, person).accepted:
                acknowledged.append(said)
            if n % 3 == 2:  # mostly without having seen the others
                editor.take(live.news_of(text_for(person, proposal.pk), editor.since))
        return acknowledged

    return act


def forming(proposal, person, changes):
    """The plain form, saved again where somebody else was first."""

    def act():
        for change in changes:
            assert any(formed(proposal, person, change) for _ in range(200))
        return []

    return act


def suggesting(proposal, person):
    def act():
        for n in (0, 1, 4, 5):
            applied(proposal, f"Matter {n}", f"Theme {n}", person)
            applied(proposal, f"part {n}", f"piece {n}", person)
        return [f"{word} {n}" for n in (0, 1, 4, 5) for word in ("Theme", "piece")]

    return act


def without(start: str):
    """Take the line out that begins so."""
    return lambda text: "\n".join(line for line in text.split("\n") if not line.startswith(start))


def added(new: str, words: str):
    """Put a line in front of the one that holds these words."""
    return lambda text: re.sub(f"(?m)^(?=.*{words})", f"{new}\n", text, count=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_lists_and_tables_while_others_type_in_them(shaped, lead_head, lead_deputy, lead_contributor):
    changes = [
        without("- Matter 2"), without("Row 2"), added("- New item", "4 stays"),
        added("Row new\tcell", "Row 4"), lambda text: text.replace("Intro.", "Introduction."),
        lambda text: text.replace("Row 5", "Line 5"),
    ]  # fmt: skip
    words = at_once(
        typing(shaped, lead_deputy, 1, 1, 0), typing(shaped, lead_contributor, 1, 3, 0),
        typing(shaped, lead_contributor, 2, 1, 1, 1), typing(shaped, lead_deputy, 2, 3, 1, 1),
        forming(shaped, lead_head, changes), suggesting(shaped, lead_head), compacting(shaped),
    )  # fmt: skip
    stands = need(shaped)
    assert [word for row in words for word in row if word not in stands.text] == []
    assert sum(map(len, words)) == 4 * 8 + 8
    for new in ("Introduction.", "- New item", "Row new\tcell", "Line 5\t"):
        assert stands.text.count(new) == 1
    assert "Matter 2" not in stands.text and "Row 2" not in stands.text
    assert stands.html.count("<li>") == ROWS + 1 and stands.html.count("<tr>") == ROWS
    assert said_by(shaped, lead_head) == stands.text
