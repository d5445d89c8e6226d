"""Somebody at a desk, who writes a section of a proposal in a real browser."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, Route

from proposals.models import Proposal, Section

from .conftest import Walker

LIVE = "**/proposals/*/live/**"
PASTE = """(text, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  text.focus();
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
UNSENT = """person => new Promise(done => {
  const opening = indexedDB.open(`unsent-${person}`);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("updates").objectStore("updates").count();
    asked.onsuccess = () => done(asked.result);
  };
})"""


class Desk(Walker):
    """One person's browser on the page where sections are written."""

    def __init__(self, browser: Browser, address: str, person):
        self.context, self.person = browser.new_context(), person
        super().__init__(self.context.new_page(), address)
        self.sign_in()

    def sign_in(self) -> None:
        client = Client()
        client.force_login(self.person)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])

    def edit(self, proposal: Proposal) -> "Desk":
        self.go(f"/proposals/{proposal.pk}/edit/")
        self.text.wait_for()
        return self

    @property
    def text(self):
        return self.page.locator("[data-kind=need] [role=textbox]")

    @property
    def state(self):
        return self.page.locator("[data-kind=need] [data-state]")

    def write(self, words: str, at: str = "End") -> None:
        self.text.focus()
        self.page.keyboard.press(f"Control+{at}")
        self.page.keyboard.type(words)

    def reads(self, *words: str, seconds: float = 15) -> None:
        for text in words:
            self.page.locator("[data-kind=need] [role=textbox]", has_text=text).wait_for(
                timeout=seconds * 1000
            )

    def is_told(self, words: str, seconds: float = 20) -> None:
        self.state.filter(has_text=words).wait_for(timeout=seconds * 1000)

    def is_saved(self) -> None:
        self.is_told("Saved")

    def unsent(self) -> int:
        return self.page.evaluate(UNSENT, str(self.person.pk))

    def faults(self) -> list[str]:
        """Complaints but those about requests that the test itself broke."""
        return [text for text in self.complaints if "Failed to load resource" not in text]


class Traffic:
    """Requests that the server is answering; a test ends when there are none, or its rows go under them."""

    def __init__(self) -> None:
        self.open = 0
        request_started.connect(self.begun, weak=False)
        request_finished.connect(self.ended, weak=False)

    def begun(self, **kwargs) -> None:
        self.open += 1

    def ended(self, **kwargs) -> None:
        self.open -= 1

    def wait(self) -> None:
        until(lambda: self.open <= 0)
        request_started.disconnect(self.begun)
        request_finished.disconnect(self.ended)


def lose_answers(route: Route) -> None:
    """The server did it, and the browser never hears of it."""
    route.fetch()
    route.abort("connectionreset")


def until(fact: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not come to be in time"
        time.sleep(0.1)


def stored(proposal: Proposal, kind: str = "need") -> str:
    return Section.objects.get(proposal=proposal, kind=kind).text
