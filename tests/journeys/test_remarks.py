"""Wording suggested while all consult; the sponsors accept it, and in revision it stands in the text."""

import pytest

from proposals.actions.baton import pass_on
from proposals.models import Comment, Mention

pytestmark = pytest.mark.timeout(120)

MARK = """words => {
    const place = document.querySelector("[data-section=strategy]");
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
        return;
    }
    throw new Error("these words do not stand there");
}"""


def test_from_a_marked_passage_to_the_text(walker, submitted, people, at_stage):
    at_stage("consultation")
    here = f"/proposals/{submitted.pk}/"
    walker.become(people.asked_head)
    walker.go(here)
    walker.page.evaluate(MARK, "every week")
    walker.page.get_by_role("button", name="Suggest wording").click()
    form = walker.page.locator("[data-remark] form")
    assert form.locator("[name=quote]").input_value() == "every week"
    walker.fill(wording="twice a week", text="@Lena Lead, the buses run on two days.")
    walker.press("Say it")
    walker.sees("twice a", "Transportation")
    walker.become(people.lead_head)
    walker.sees("Arno Asked mentioned you in P-01, Strategy")
    walker.page.get_by_text("Arno Asked mentioned you").click()
    walker.fill(word="That fits.")
    walker.press("Accept")
    walker.sees("That fits.", "Shaped by")
    at_stage("revision")
    pass_on(proposal=submitted, act="return", by=people.steward, sentence="returned P-01")
    walker.become(people.lead_head)
    walker.go(f"{here}comments/")
    walker.press("Put it into the text")
    walker.go(here)
    walker.sees("One coach in each school, twice a week.")
    assert Comment.objects.with_outcome().select_related("newest").get().became == "applied"
    first = submitted.versions.get(kind="submission").number
    walker.go(f"{here}compare/?from={first}&to=now")
    assert "twice a" in walker.page.locator("main .prose ins").first.inner_text()
    walker.fits()


def test_names_are_completed_and_typed(walker, submitted, people, at_stage):
    at_stage("consultation")
    walker.become(people.asked_head)
    walker.go(f"/proposals/{submitted.pk}/comments/")
    field = walker.page.locator("#write ~ form textarea[name=text]")
    field.press_sequentially("Please read, @lea")
    names = walker.page.get_by_role("listbox", name="People to call").get_by_role("option")
    names.first.wait_for()
    assert names.all_inner_texts() == ["Cole Lead", "Dana Lead", "Lena Lead"]
    field.press("ArrowUp")  # the last one
    field.press("Enter")
    assert field.input_value() == "Please read, @Lena Lead "
    field.press_sequentially("and @Pau")
    names.first.click()
    field.press_sequentially("@none")
    field.press("Escape")
    assert names.count() == 0
    field.fill("Please read, @Lena Lead and @Paula Partner")
    walker.press("Say it")
    called = Mention.objects.order_by("person__name").values_list("person__name", flat=True)
    walker.sees("Please read, @Lena Lead")
    assert list(called) == ["Lena Lead", "Paula Partner"]
    walker.fits()
