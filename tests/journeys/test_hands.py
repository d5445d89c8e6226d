"""By keyboard alone, without JavaScript, and with a finger that clicks twice."""

import pytest

from proposals.models import Ask, CostLine, Section
from reviews.models import Endorsement

pytestmark = pytest.mark.timeout(120)


class Keys:
    """Only the keyboard of a page."""

    def __init__(self, page):
        self.page = page

    def to(self, selector: str, most: int = 80) -> None:
        """Press Tab until the focus is there; each stop on the way shows that it has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(
                """selector => {
                    const e = document.activeElement, s = getComputedStyle(e);
                    const seen = s.outlineStyle !== "none" || s.boxShadow !== "none";
                    return [e.matches(selector), seen, e.outerHTML.slice(0, 90)];
                }""",
                selector,
            )
            assert here[1], f"no sign of the focus on {here[2]}"
            if here[0]:
                return
        raise AssertionError(f"{selector} is not reached by the Tab key on {self.page.url}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def follow(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_by_keyboard_alone(visitor, joint_draft, asked_head):
    ask = Ask.objects.get()
    asked_head.set_password("purple otter lamp")
    asked_head.save()
    visitor.go("/asks/")
    keys = Keys(visitor.page)
    keys.to("input[name=login]")
    keys.type(asked_head.email)
    keys.to("input[name=password]")
    keys.type("purple otter lamp")
    keys.follow()
    visitor.page.wait_for_url("**/asks/")
    keys.to(f"main a[href='/asks/{ask.pk}/']")
    keys.follow()
    keys.to("main input[type=radio]")
    keys.press("Space")
    keys.to("main textarea[name=reason]")
    keys.type("We can run it from September.")
    keys.to("main button[type=submit]")
    keys.follow()
    visitor.sees("Endorsed", "We can run it from September.")
    assert Endorsement.objects.get().answered_by == asked_head


def test_without_script_an_ask_is_answered_and_a_section_saved(unscripted, joint_draft, people):
    unscripted.become(people.lead_head)
    unscripted.go(f"/proposals/{joint_draft.pk}/edit/")
    unscripted.fill(need="One in five sixth graders cannot read a bus timetable.")
    unscripted.press("Save all sections")
    assert "bus timetable" in Section.objects.get(kind="need").text
    unscripted.become(people.asked_head)
    unscripted.go(f"/asks/{Ask.objects.get().pk}/")
    unscripted.page.get_by_label("Decline: we can't do this").check()
    unscripted.fill(reason="No driver after four; noon would work.")
    unscripted.press("Send the answer")
    unscripted.sees("Declined")
    assert Endorsement.objects.get().answer == "declined"


def click_twice(walker, name: str, shown: str) -> None:
    """Without script the second click breaks off the first one's navigation, so wait for what is shown."""
    walker.page.locator("main").get_by_role("button", name=name, exact=True).dblclick(no_wait_after=True)
    walker.sees(shown)
    walker.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("hand", ["walker", "unscripted"])
def test_two_clicks_make_one(hand, server, joint_draft, people, request):
    walker = request.getfixturevalue(hand)
    walker.become(people.lead_head)
    asks, lines = Ask.objects.count(), CostLine.objects.count()
    walker.go(f"/proposals/{joint_draft.pk}/asks/")
    walker.choose(asked_unit="Human resources")
    walker.fill(what="Post two coaching jobs in May")
    click_twice(walker, "Note the ask", "Post two coaching jobs in May")
    walker.go(f"/proposals/{joint_draft.pk}/costs/")
    walker.choose(unit="Teaching and learning", fund="GF General Fund")
    walker.fill(description="Books", year1_cents="12000")
    walker.page.locator("select[name=function]").select_option(index=1)
    walker.page.locator("select[name=object]").select_option(index=1)
    click_twice(walker, "Add the line", "Books")
    assert (Ask.objects.count(), CostLine.objects.count()) == (asks + 1, lines + 1)


def test_what_a_swap_brought_is_told_and_the_focus_stays(walker, joint_draft, people):
    walker.become(people.lead_head)
    walker.go(f"/proposals/{joint_draft.pk}/costs/")
    told = walker.page.locator("#swapped")
    assert told.get_attribute("role") == "status"
    walker.choose(unit="Teaching and learning", fund="GF General Fund")
    look = walker.page.get_by_role("button", name="Look before adding")
    look.focus()
    walker.page.keyboard.press("Enter")
    walker.page.locator("#swapped", has_text="The rules of General Fund").wait_for(state="attached")
    assert look.evaluate("e => e === document.activeElement")


def test_rules_and_parts_are_told_while_a_line_is_typed(walker, joint_draft, people, coach, funds):
    funds["T1A"].ends_on = joint_draft.season.fiscal_year_ends
    funds["T1A"].save()
    walker.become(people.lead_head)
    walker.go(f"/proposals/{joint_draft.pk}/costs/")
    answers = walker.page.locator("#answers")
    walker.choose(fund="T1A Title I, Part A")
    answers.get_by_text("The rules of Title I, Part A allow this").wait_for()
    walker.choose(position=coach.name)  # and the next change before that is answered
    walker.fill(fte="2")
    walker.page.keyboard.press("Tab")
    answers.get_by_text("counts on it in FY28 and FY29").wait_for()
    answers.get_by_text("What makes the amounts").wait_for()
    assert joint_draft.cost_lines.count() == 1


def test_codes_that_fit_come_first_while_words_are_typed(walker, joint_draft, people, accounts):
    """And a list in which somebody chose meanwhile keeps the choice."""
    walker.become(people.lead_head)
    walker.go(f"/proposals/{joint_draft.pk}/costs/")
    function = walker.page.locator("select[name=function]")
    walker.page.locator("[name=words]").press_sequentially("bus rides", delay=20)
    fitting = function.locator("optgroup[label='Fits what you wrote'] option")
    fitting.first.wait_for(state="attached")
    assert fitting.first.text_content() == str(accounts["2700"])
    assert walker.page.locator("[name=words]").evaluate("e => e === document.activeElement")
    function.select_option(label=str(accounts["2700"]))
    walker.page.locator("[name=words]").fill("instruction")
    walker.page.locator("#answers", has_text="Function: 1000").wait_for()
    assert function.input_value() == str(accounts["2700"].pk)
    asked = []
    walker.page.route("**/costs/", lambda route: asked.append(route))
    with walker.page.expect_request("**/costs/"):
        walker.page.locator("[name=words]").fill("pupil transportation")
    function.select_option(label=str(accounts["1000"]))  # while the answer is on its way
    for route in list(asked):
        route.continue_()
    walker.page.unroute("**/costs/")
    walker.page.locator("#answers", has_text="Function: 2700").wait_for()
    walker.page.locator(".htmx-request").first.wait_for(state="detached")
    assert function.input_value() == str(accounts["1000"].pk)


def test_a_long_form_says_that_it_is_not_saved_and_asks_before_it_is_left(walker, joint_draft, people):
    walker.become(people.lead_head)
    walker.go(f"/proposals/{joint_draft.pk}/details/")
    state = walker.page.locator("[data-form-state]")
    assert (state.get_attribute("role"), state.inner_text()) == ("status", "")
    asked = []
    walker.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    walker.fill(title="Reading coaches in every school")
    assert state.inner_text() == "Not saved yet"
    walker.page.get_by_role("link", name="Goals", exact=True).click(no_wait_after=True)
    walker.page.wait_for_timeout(300)
    assert (asked, walker.page.url.endswith("/details/")) == (["beforeunload"], True)
    walker.press("Save")
    assert (len(asked), state.inner_text()) == (1, "")
    walker.sees("Reading coaches in every school")
