"""A proposal on paper: the same words and sums as on the page, for the same readers, whatever was typed."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from desk.paper import setting
from desk.paper.blocks import AS_TEXT, DEEPEST, MOST_CELLS, MOST_COLUMNS, blocks_of, blocks_of_text
from desk.paper.pages import packet_of
from desk.paper.setting import NotSet, pdf_of
from desk.whole import Whole
from proposals.actions import costs, drafting
from proposals.actions.links import add_link
from proposals.models import CostLine, Section


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def _pdf_of(client, proposal):
    return client.get(reverse("proposal_pdf", args=[proposal.pk]))


def test_sponsors_get_their_draft_with_sums(joint_draft, lead_head, signed_in):
    answer = _pdf_of(signed_in(lead_head), joint_draft)
    assert answer["Content-Type"] == "application/pdf"
    page = signed_in(lead_head).get(reverse("proposal", args=[joint_draft.pk]))
    words = _words(answer.content)
    assert joint_draft.title in words
    assert f"${page.context['total'].cents[0] // 100:,}" in words
    for sponsor in page.context["sponsors"]:
        assert sponsor["name"] in words


def test_it_says_what_the_page_says(joint_draft, season, units, lead_head, signed_in):
    principle = season.principles.create(number=7, text="One plan, many hands.")
    values = {"principles_served": [principle], "cycle_years": 3, "grades": "6-8", "students_served": 412}
    values |= {"meeting": "Principals on Tuesday", "meeting_minutes": 60}
    drafting.edit_details(proposal=joint_draft, values=values, by=lead_head)
    other = drafting.start_proposal(season=season, unit=units["TL"], title="Other", by=lead_head)
    add_link(source=other, kind="supports", target=joint_draft, note="The same rooms.", by=lead_head)
    page = signed_in(lead_head).get(reverse("proposal", args=[joint_draft.pk])).text
    words = _words(_pdf_of(signed_in(lead_head), joint_draft).content)
    labels = re.findall("<dt>(.+?)</dt>", page)
    assert {"Judged after", "Principles served", "Uses the meeting"} <= set(labels)
    assert "Principals on Tuesday, 60 minutes a month" in words
    assert [label for label in labels if label not in words] == []
    assert "7. One plan, many hands." in words and "3 years" in words
    assert f"{other.code} Other supports {joint_draft.code}" in words and "The same rooms." in words


def test_one_year_of_cost_has_one_column_of_money(joint_draft, season, lead_head, signed_in):
    season.years_costed = 1
    season.save()
    line = CostLine.objects.select_related("proposal__season").get(proposal=joint_draft)
    values = {name: getattr(line, name) for name in ("position", "fte", "is_recurring")}
    costs.change_cost_line(line=line, values=values, by=lead_head)
    words = _words(_pdf_of(signed_in(lead_head), joint_draft).content)
    assert "$212,908 in FY27" in words and "over 1 years" not in words
    assert "FY28" not in words and "$219,979" not in words and "$0" not in words


def test_evidence_stands_on_it_once_somebody_has_said_its_tier(joint_draft, lead_head, signed_in):
    client = signed_in(lead_head)
    assert "ESSA" not in _words(_pdf_of(client, joint_draft).content)
    drafting.edit_details(proposal=joint_draft, values={"evidence_tier": "3"}, by=lead_head)
    assert "ESSA tier 3" in _words(_pdf_of(client, joint_draft).content)


@pytest.mark.parametrize("words", [10, 50, 65, 90])
def test_every_section_filled_stands_on_two_pages_before_the_costs(joint_draft, lead_head, signed_in, words):
    texts = dict.fromkeys(Section.Kind.values, "Advisers meet. " * (words // 2))
    drafting.edit_sections(proposal=joint_draft, texts=texts, by=lead_head)
    drafting.edit_details(proposal=joint_draft, values={"evidence_tier": "4"}, by=lead_head)
    pages = PdfReader(io.BytesIO(_pdf_of(signed_in(lead_head), joint_draft).content)).pages
    assert len(pages) == 3 and "P-01, money" in pages[2].extract_text()


def test_it_is_tagged_for_screen_readers_and_names_its_language(submitted, stranger, signed_in):
    root = PdfReader(io.BytesIO(_pdf_of(signed_in(stranger), submitted).content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_a_foreign_draft_is_not_there(joint_draft, stranger, signed_in):
    assert _pdf_of(signed_in(stranger), joint_draft).status_code == 404


def test_a_version_is_set_as_it_was_frozen(in_revision, lead_head, stranger, signed_in):
    drafting.edit_section(proposal=in_revision, kind="need", text="Sharper words.", by=lead_head)
    number = in_revision.versions.order_by("-number").first().number
    url = reverse("proposal_version_pdf", args=[in_revision.pk, number])
    assert "Sharper words." not in _words(signed_in(stranger).get(url).content)


def test_what_looks_like_a_command_is_set_as_words(joint_draft, lead_head, signed_in):
    hostile = '#read("/etc/passwd") *bold* $x$ \\ <a@b> `code` [x] "quoted"'
    drafting.edit_section(proposal=joint_draft, kind="need", text=hostile, by=lead_head)
    words = _words(_pdf_of(signed_in(lead_head), joint_draft).content)
    assert '#read("/etc/passwd") *bold* $x$' in words.replace("“", '"').replace("”", '"')
    assert "root:" not in words


def test_a_fault_of_the_typesetter_is_named():
    with pytest.raises(NotSet, match="proposals"):
        pdf_of("proposal.typ", {"title": "x", "district": "d", "foot": "f"})


def test_plain_text_has_paragraphs():
    blocks = blocks_of_text("One.\r\n\r\n\r\nTwo\nlines.\n\n")
    assert [block["runs"][0][0] for block in blocks] == ["One.", "Two\nlines."]


HTML = {
    "<p>A <strong>b <em>c</em></strong></p>": [
        {"is": "p", "runs": [["A ", []], ["b ", ["strong"]], ["c", ["strong", "em"]]]}
    ],
    "<h3>Head</h3><p></p>": [{"is": "h", "runs": [["Head", []]]}],
    "<ol><li><p>x</p></li><li>y<ul><li>z</li></ul></li></ol>": [
        {"is": "li", "number": 1, "depth": 1, "runs": [["x", []]]},
        {"is": "li", "number": 2, "depth": 1, "runs": [["y", []]]},
        {"is": "li", "number": None, "depth": 2, "runs": [["z", []]]},
    ],
    "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>": [
        {"is": "table", "width": 2, "rows": [[[["a", []]], [["b", []]]], [[["c", []]], []]]}
    ],
    "bare &amp; words": [{"is": "p", "runs": [["bare & words", []]]}],
    "</li></table></ul></strong>": [],
}


@pytest.mark.parametrize("html", HTML)
def test_blocks_of_html(html):
    assert blocks_of(html) == HTML[html]


def test_lists_in_lists_end_somewhere():
    deep = blocks_of("<ul><li>x" * 9)
    assert max(block["depth"] for block in deep) == DEEPEST


def _table(*rows: int, cell: str = "<td>x</td>") -> str:
    """A table with so many cells in each row."""
    return f"<table><tbody>{''.join(f'<tr>{cell * cells}</tr>' for cells in rows)}</tbody></table>"


def _cells_in(blocks) -> int:
    return sum(block["width"] * len(block["rows"]) for block in blocks if block["is"] == "table")


@pytest.mark.parametrize(
    "html",
    [
        _table(6_001, *[0] * 6_000),
        _table(6_001, *[1] * 6_000),
        _table(MOST_COLUMNS, *[1] * 6_000),
        _table(MOST_COLUMNS, *[1] * 50) * 50,
        _table(1, *[0] * 60_000),
        _table(1, 1, cell=f"<td>{_table(6_001, *[1] * 6_000)}</td>"),
    ],
    ids=["wide over rows of nothing", "wide", "long", "many", "rows of nothing", "in a table"],
)
def test_no_table_grows_beyond_its_html(html):
    assert _cells_in(blocks_of(html)) <= MOST_CELLS


def test_a_table_too_wide_for_paper_is_set_as_text_and_says_so():
    words = [[f"w{n}" for n in range(MOST_COLUMNS + 1)], ["", "last"]]
    html = "".join(f"<tr>{''.join(f'<td>{word}</td>' for word in row)}</tr>" for row in words)
    said, wide, short = blocks_of(f"<table>{html}</table>")
    assert said == {"is": "p", "runs": [[AS_TEXT, ["em"]]]}
    assert "".join(text for text, _ in wide["runs"]) == " · ".join(words[0])
    assert short["runs"] == [["last", []]]


def test_the_widest_table_stays_one_and_a_large_one_leaves_room_for_a_small_one():
    widest = blocks_of(_table(MOST_COLUMNS, MOST_COLUMNS))
    assert [block["is"] for block in widest] == ["table"]
    after = blocks_of(_table(*[1] * (MOST_CELLS + 1)) + _table(2, 2))
    assert after[-1]["is"] == "table" and _cells_in(after) == 4


def test_words_of_a_table_in_a_table_stand_in_its_cell():
    inner = "<p>a</p><table><tr><td><p>b</p></td><td>c</td></tr><tr><td>d</td></tr></table>e"
    (table,) = blocks_of(f"<table><tr><td>first</td></tr><tr><td>{inner}</td><td>f</td></tr></table>")
    told = [["".join(text for text, _ in cell) for cell in row] for row in table["rows"]]
    assert told == [["first", ""], ["a\nb\nc\nd\ne", "f"]]


def test_what_would_take_the_machine_is_stopped(joint_draft, lead_head):
    values = packet_of([Whole(joint_draft, lead_head)], "t")
    table = {"is": "table", "width": 2_000, "rows": [[[]] * 2_000] * 2_000}
    values["proposals"][0]["summary"] = [table]
    with pytest.raises(NotSet):
        pdf_of("proposal.typ", values)


@pytest.mark.parametrize("where", ["proposal", "proposal_version"])
def test_where_no_document_can_be_set_the_page_says_what_to_do(
    in_revision, stranger, signed_in, monkeypatch, where
):
    monkeypatch.setattr(setting, "LONGEST", 0.001)
    number = in_revision.versions.order_by("-number").first().number
    place = [in_revision.pk] if where == "proposal" else [in_revision.pk, number]
    answer = signed_in(stranger).get(reverse(f"{where}_pdf", args=place), follow=True)
    assert answer.redirect_chain[0][0] == reverse(where, args=place)
    assert "could not be set as a PDF. Print this page" in answer.text
