"""Two people write one section at once, and nothing that they type is lost."""

import time
from datetime import UTC, date

import pytest
import time_machine
from django.contrib.sessions.models import Session

from goals.models import Stage
from proposals.actions import submission
from proposals.models import KeptText

from .desks import LIVE, PASTE, Desk, lose_answers, stored, until
from .pasted import GOOGLE, WORD
from .web import Web

pytestmark = pytest.mark.timeout(180)


def test_both_see_what_both_type(both, joint_draft, people):
    lena, paula = both
    paula.write("Paula begins. ", at="Home")
    lena.reads("Paula begins.")
    lena.page.locator("[data-kind=need] [data-here]", has_text=people.partner_head.name).wait_for()
    lena.page.locator(f".caret-of[data-name='{people.partner_head.name}']").wait_for(timeout=20_000)
    for turn in range(7):
        lena.write(f" word{turn}")
        paula.reads(f"word{turn}")
        paula.write(f"[{turn}]", at="Home")
    lena.reads("[6][5][4][3][2][1][0]Paula begins.")
    lena.is_saved()
    until(lambda: "word6" in stored(joint_draft) and "[6][5]" in stored(joint_draft))
    assert stored(joint_draft).count("word3") == 1
    assert (lena.unsent(), paula.unsent()) == (0, 0)
    lena.fits()


def test_thirty_seconds_without_network(both, joint_draft):
    lena, paula = both
    for one in both:
        one.write("!")
        one.is_saved()
    lena.context.set_offline(True)
    for turn in range(10):
        lena.write(f" away{turn}")
        paula.write(f"there{turn} ", at="Home")
        time.sleep(3)
    lena.is_told("Offline: kept on this computer")
    assert lena.unsent() > 0
    lena.context.set_offline(False)
    for one in both:
        one.reads(*(f"away{turn}" for turn in range(10)), *(f"there{turn}" for turn in range(10)))
        one.is_saved()
    until(lambda: all(f"away{n}" in stored(joint_draft) for n in range(10)))
    assert lena.unsent() == 0


def test_late_answers_lost_answers_and_a_server_that_fails(both, joint_draft):
    """Answers come late, are lost after the server wrote, the process is killed, or it fails."""
    lena, paula = both
    faults = iter(["late", "lost", "late", "killed", "fails", "lost", "late"] * 2)

    def meddle(route):
        fault = next(faults, "")
        if fault == "lost":
            lose_answers(route)
        elif fault == "killed":
            route.abort("connectionrefused")
        elif fault == "fails":
            route.fulfill(status=502, body="Bad gateway")
        else:
            answer = route.fetch()
            if fault == "late":
                time.sleep(0.8)
            route.fulfill(response=answer)

    lena.page.route(LIVE, meddle)
    for turn in range(6):
        lena.write(f" late{turn}")
        paula.write(f"quick{turn} ", at="Home")
        lena.page.wait_for_timeout(700)
    for one in both:
        one.reads(*(f"late{turn}" for turn in range(6)), *(f"quick{turn}" for turn in range(6)), seconds=40)
    lena.is_saved()
    until(lambda: lena.text.text_content() == paula.text.text_content())
    assert stored(joint_draft).count("late2") == 1
    lena.page.unroute(LIVE)


@pytest.fixture
def web(transactional_db):
    web = Web()
    web.begin()
    yield web
    web.kill()


def test_a_killed_web_process(browser, web, joint_draft, people, travel):
    travel(time_machine.escape_hatch.datetime.datetime.now(UTC))  # the other processes know no other time
    Stage.objects.filter(kind="drafting").update(closes=date(2099, 12, 31))
    lena, paula = (
        Desk(browser, web.address, who).edit(joint_draft) for who in (people.lead_head, people.partner_head)
    )
    lena.write(" before")
    lena.is_saved()
    for turn in range(4):
        lena.write(f" amid{turn}")
    web.kill()
    lena.write(" after")
    paula.write("there ", at="Home")
    for one in (lena, paula):
        one.is_told("Offline")
    web.begin()
    words = ["before", "after", "there", *(f"amid{turn}" for turn in range(4))]
    for one in (lena, paula):
        one.reads(*words, seconds=40)
        one.is_saved()
    until(lambda: [stored(joint_draft).count(word) for word in words] == [1] * len(words))
    assert (lena.unsent(), paula.unsent()) == (0, 0)
    for one in (lena, paula):
        one.context.close()
        assert one.faults() == []


def test_a_sign_in_that_expired_overnight(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    lena.write(" before")
    lena.is_saved()
    Session.objects.all().delete()
    lena.write(" overnight")
    lena.is_told("You are signed out.")
    assert "overnight" not in stored(joint_draft)
    lena.sign_in()  # as in a new tab
    lena.reads("overnight")
    lena.is_saved()
    until(lambda: "overnight" in stored(joint_draft))
    Session.objects.all().delete()
    lena.write(" again")
    lena.is_told("You are signed out.")
    lena.sign_in()
    lena.edit(joint_draft)  # and the page loaded anew
    lena.reads("before overnight again")
    until(lambda: "again" in stored(joint_draft))


def test_a_closed_tab_and_somebody_else_at_the_same_computer(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    lena.context.set_offline(True)
    lena.write(" unsent")
    lena.is_told("Offline")
    # Without network the last request of a closing page goes nowhere either; the browser lets it through.
    lena.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')) }")
    lena.page.close()
    lena.person, lena.page = people.partner_head, lena.context.new_page()
    lena.sign_in()
    lena.context.set_offline(False)
    lena.edit(joint_draft)
    assert "unsent" not in lena.text.inner_text()
    lena.person = people.lead_head
    lena.sign_in()
    lena.go("/")  # whatever page is opened next sends it
    until(lambda: "unsent" in stored(joint_draft))
    until(lambda: lena.unsent() == 0)


def test_a_freeze_while_typing_keeps_the_words(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    lena.context.set_offline(True)
    lena.write(" too late")
    lena.is_told("Offline")
    submission.withdraw(proposal=joint_draft, reason="We need another year.", by=people.lead_head)
    lena.context.set_offline(False)
    lena.is_told("kept for you")
    assert lena.text.get_attribute("contenteditable") == "false"
    assert "too late" not in stored(joint_draft)
    assert "too late" in KeptText.objects.get(kept_by=people.lead_head).text
    lena.go(f"/proposals/{joint_draft.pk}/edit/")
    lena.sees("Kept for you", "too late")


def test_signing_out_sends_and_then_clears(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    lena.page.route(LIVE, lambda route: route.abort())
    lena.write(" last words")
    lena.is_told("Offline")
    asked = []
    lena.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    leave = "form[action$='/logout/'] button"
    lena.page.locator(leave).evaluate("button => button.click()")
    until(lambda: lena.page.evaluate("1") and asked != [])
    assert "not reached the server" in asked[0]
    assert lena.unsent() > 0
    lena.page.unroute(LIVE)
    with lena.page.expect_navigation():
        lena.page.locator(leave).evaluate("button => button.click()")
    assert "last words" in stored(joint_draft)
    assert lena.unsent() == 0


def test_pasting_keeps_form_and_drops_the_rest(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    for html in (WORD, GOOGLE):
        lena.text.focus()
        lena.page.keyboard.press("Control+A")
        lena.page.keyboard.press("Delete")
        lena.text.evaluate(f"(text, html) => ({PASTE})(text, html)", html)
        kept = lena.text.evaluate("text => [...text.querySelectorAll('*')].map(e => e.tagName).join(' ')")
        assert lena.text.locator("h3").inner_text() == "Need"
        assert lena.text.locator("ul > li > ul > li").inner_text() == "Inner point"
        assert lena.text.locator("ul > li").count() == 3
        assert lena.text.locator("ol > li").count() == 2
        assert lena.text.locator("strong").all_inner_texts() == ["100"]
        assert lena.text.locator("em").all_inner_texts() == ["read"]
        assert lena.text.locator("a").get_attribute("href") == "https://example.org/x"
        assert lena.text.locator("td").all_inner_texts() == ["School", "Pupils", "Brook", "412"]
        assert "FONT" not in kept
        assert lena.text.locator("[style*=color], [style*=font], [class*=Mso], script").count() == 0
    lena.is_saved()


def test_what_is_too_long_to_paste_is_refused_in_words(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    lena.write(" before")
    lena.is_saved()
    there = lena.text.inner_text()
    _paste(lena, "word " * 30_001)
    lena.is_told("That is too long to paste at once. Paste it in parts.")
    assert lena.text.inner_text() == there
    lena.write(" after")
    lena.is_saved()  # one goes on writing
    until(lambda: "before after" in stored(joint_draft))
    _paste(lena, "word " * 14_000)
    lena.is_told("Not saved: This section would become too long.")
    assert "before after" in lena.text.inner_text()
    assert stored(joint_draft).endswith("before after")


def _paste(desk, text):
    desk.text.evaluate(
        """(field, text) => {
          const pasted = { clipboardData: new DataTransfer(), bubbles: true, cancelable: true };
          pasted.clipboardData.setData("text/plain", text);
          field.focus();
          field.dispatchEvent(new ClipboardEvent("paste", pasted));
        }""",
        text,
    )


def test_by_keyboard(desk, joint_draft, people):
    lena = desk(people.lead_head, joint_draft)
    keys = lena.page.keyboard
    lena.text.focus()
    keys.press("Control+A")
    keys.press("Tab")
    here = "document.activeElement.textContent + ' ' + document.activeElement.getAttribute('aria-pressed')"
    assert lena.page.evaluate(here) == "Bold false"
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert lena.page.evaluate(here) == "Heading false"
    keys.press("Enter")
    lena.text.locator("h3").wait_for()
    lena.page.locator("[data-kind=need] button[aria-pressed=true]", has_text="Heading").wait_for()
    keys.press("Escape")
    assert not lena.text.evaluate("text => text === document.activeElement")
    named = lena.page.get_by_role("textbox", name="Problem and need", exact=True)
    assert named.get_attribute("aria-multiline") == "true"
