"""Where one writes: words on the text, what is still missing, the other's name, tables and headings."""

import pytest

from proposals.actions import drafting
from proposals.models import Comment

from .desks import PASTE, until
from .test_every_page import LAPTOP, PHONE, Eyes, as_person

pytestmark = [pytest.mark.timeout(120), pytest.mark.postgres]

ROWS = [[f"<td><p>{word} {n}</p></td>" for n in range(9)] for word in ("School", "Pupils")]
WIDE = "".join(f"<tr>{''.join(row)}</tr>" for row in ROWS)
PASTED = f"<h1>Our need</h1><p>By school:</p><table>{WIDE}</table>"
SIZE = "e => parseFloat(getComputedStyle(e).fontSize)"
INSIDE = """e => {
    const name = getComputedStyle(e, "::after"), caret = e.getBoundingClientRect();
    const field = e.closest(".live-text").getBoundingClientRect(), wide = parseFloat(name.width);
    const left = name.left === "auto" || e.matches(".to-the-left") ? caret.right - wide : caret.left;
    const top = e.matches(".below") ? caret.bottom : caret.top - parseFloat(name.height);
    return left >= field.left - 1 && left + wide <= field.right + 1 && top >= field.top - 1;
}"""


def test_a_passage_is_commented_on_where_one_writes(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    page = lena.page
    lena.text.focus()
    page.keyboard.press("Control+A")
    page.locator("[data-kind=need]").get_by_role("button", name="Comment", exact=True).click()
    form = page.locator("[data-remark] form")
    assert form.locator("[name=section]").input_value() == "need"
    assert form.locator("[name=quote]").input_value() in lena.text.inner_text()
    page.keyboard.type("Whose figures are these?")  # the form has the focus
    lena.press("Say it")
    assert page.url.endswith(f"/edit/#comment-{Comment.objects.get().pk}")
    lena.text.wait_for()
    said = page.locator("[data-kind=need] details", has_text="1 open comment")
    assert "Whose figures are these?" in said.inner_text()
    assert page.get_by_role("link", name="Comments (1)", exact=True).count() == 1
    page.get_by_role("link", name="Comment on Strategy", exact=True).click()
    assert form.locator("[name=section]").input_value() == "strategy"
    assert form.locator("[name=quote]").input_value() == ""


def test_words_behind_the_end_of_a_line_are_commented_on_and_wording_begun_stays(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    page = lena.page
    lena.write(" " + "So many words stand in front of it. " * 3)
    page.keyboard.press("Enter")
    page.keyboard.type("Second line.")
    page.keyboard.press("Shift+Home")
    lena.is_saved()
    page.locator("[data-kind=need]").get_by_role("button", name="Comment", exact=True).click()
    form = page.locator("[data-remark] form")
    form.locator("[name=wording]").fill("The second line.")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Comment on Strategy", exact=True).click()
    assert form.locator("[name=wording]").input_value() == "The second line.", "what was typed is kept"
    lena.text.focus()
    page.locator("[data-kind=need]").get_by_role("button", name="Comment", exact=True).click()
    assert "\n" in form.locator("[name=before]").input_value()
    lena.press("Say it")
    said = Comment.objects.get()
    assert (said.section, said.quote, said.suggestion.wording) == ("need", "Second line.", "The second line.")


def test_without_script_a_section_has_a_way_to_comment_on_it(unscripted, joint_draft, people):
    unscripted.become(people.lead_head)
    unscripted.go(f"/proposals/{joint_draft.pk}/edit/")
    unscripted.page.get_by_role("link", name="Comment on Strategy", exact=True).click()
    assert unscripted.page.locator("#write ~ form [name=section]").input_value() == "strategy"


def test_what_is_still_missing_follows_what_was_saved(desk, joint_draft, people):
    drafting.edit_section(proposal=joint_draft, kind="need", text="", by=people.lead_head)
    lena = desk(people.lead_head, joint_draft)
    asked = []
    lena.page.on("request", lambda request: asked.append(request.url) if "missing" in request.url else None)
    rail = lena.page.locator(".rail")
    assert "Describe the problem and the need" in rail.inner_text()
    for word in ("One", "in", "five", "cannot", "read"):
        lena.write(f" {word}")
    lena.is_saved()
    until(lambda: "Describe the problem" not in rail.inner_text())
    assert len(asked) == 1


def test_a_name_at_a_caret_comes_and_goes_and_stays_in_the_field(both, people):
    lena, paula = both
    caret = lena.page.locator("[data-kind=need] .caret-of")
    for at in ("Home", "End"):
        paula.write("word ", at=at)
        lena.page.locator("[data-kind=need] .caret-of.named").wait_for()
        assert caret.evaluate(INSIDE)
        until(lambda: "named" not in caret.get_attribute("class"), seconds=5)
    until(lambda: caret.evaluate("e => getComputedStyle(e, '::after').opacity") == "0", seconds=2)
    caret.scroll_into_view_if_needed()
    box = caret.bounding_box()
    lena.page.mouse.move(box["x"] + 1, box["y"] + 5)
    assert caret.evaluate("e => getComputedStyle(e, '::after').opacity") == "1"
    lena.page.mouse.down()  # one writes where the other stands
    lena.page.mouse.up()
    lena.page.keyboard.type("here")
    paula.reads("here")


@pytest.mark.parametrize("look", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_pasted_table_has_lines_and_a_heading_stays_below_its_section(
    look, browser, desk, server, joint_draft, people
):
    lena = desk(people.lead_head, joint_draft)
    lena.page.set_viewport_size(look["viewport"])
    lena.text.evaluate(PASTE, PASTED)
    lena.is_saved()
    lena.fits()
    assert lena.text.locator("h3").evaluate(SIZE) < lena.page.locator("#label_need").evaluate(SIZE)
    assert lena.text.locator("td").first.evaluate("e => getComputedStyle(e).borderLeftWidth") == "1px"
    eyes = Eyes(browser, server, look)
    eyes.become(as_person(people.lead_head))
    assert eyes.faults(f"/proposals/{joint_draft.pk}/", axe=True) == []
    section = eyes.page.locator("[data-section=need]")
    cell = section.get_by_role("region", name="Table in Problem and need").locator("td").first
    assert cell.evaluate("e => getComputedStyle(e).borderLeftWidth") == "1px"
    assert float(cell.evaluate("e => parseFloat(getComputedStyle(e).paddingLeft)")) >= 4
    for media in ("screen", "print"):
        eyes.page.emulate_media(media=media)
        above = eyes.page.locator("section[aria-label=Strategy] h2").evaluate(SIZE)
        assert section.locator("h3").evaluate(SIZE) < above


def test_on_a_phone_the_first_year_and_the_current_place_are_seen(
    browser, unscripted, server, joint_draft, people
):
    eyes = Eyes(browser, server, PHONE)
    eyes.become(as_person(people.lead_head))
    here = f"/proposals/{joint_draft.pk}/"
    for path in (here, f"{here}costs/"):
        assert eyes.faults(path, axe=True) == []
        year = eyes.page.get_by_role("columnheader", name=joint_draft.season.years[0]).first.bounding_box()
        assert year["x"] + year["width"] <= 320
    unscripted.become(people.lead_head)
    unscripted.page.set_viewport_size(PHONE["viewport"])
    unscripted.go(here)
    for page in (unscripted.page, eyes.page):
        place = page.locator(".places [aria-current]").bounding_box()
        assert place["x"] >= 0 and place["x"] + place["width"] <= 320
