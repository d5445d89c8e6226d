"""A walker through the real pages in a real browser, in demo mode on a real server."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, TimeoutError

from activity import clock


class Walker:
    """One browser. It is whoever it last became, and complains of nothing."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.set_default_timeout(10_000)
        page.set_default_navigation_timeout(60_000)
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        """Open a page; it must answer well."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"

    def become(self, person) -> None:
        """Choose who you are, as the demo bar's page offers it."""
        self.go(f"/demo/people/?q={quote(person.name)}")
        self.page.get_by_role("button", name=re.compile(re.escape(person.name))).first.click()
        self.page.locator(".masthead", has_text=person.name).wait_for()

    def fill(self, **fields: str) -> None:
        """Fill fields by their form names, with or without the form's prefix."""
        for name, value in fields.items():
            self.page.locator(f"main :is([name={name}], [name$=-{name}])").first.fill(value)

    def write(self, **sections: str) -> None:
        """Write sections of a proposal in their editors, until they are saved."""
        for kind, words in sections.items():
            self.page.locator(f"[data-kind={kind}] [role=textbox]").fill(words)
        for kind in sections:
            self.page.locator(f"[data-kind={kind}] [data-state]", has_text="Saved").wait_for()

    def choose(self, **fields: str) -> None:
        """Choose options by their visible words."""
        for name, label in fields.items():
            field = self.page.locator(f"main select:is([name={name}], [name$=-{name}])")
            field.first.select_option(label=label)

    def press(self, name: str, exact: bool = True) -> None:
        """Press a button, and wait for the page that follows."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=exact).first
        try:
            button.wait_for()
        except TimeoutError:
            raise AssertionError(f"No {name!r} on {self.page.url}:\n{main.inner_text()}") from None
        with self.page.expect_navigation():
            button.click()
        refusals = self.page.locator(".notice-error, .invalid-feedback, .alert-danger").all_inner_texts()
        assert not refusals, f"{name!r} was refused: {refusals}"

    def sees(self, *words: str) -> None:
        for text in words:
            self.page.locator("main").get_by_text(text).first.wait_for(timeout=5000)

    def fits(self) -> None:
        """The page itself never scrolls sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"


@pytest.fixture
def server(live_server, settings, transactional_db, tmp_path):
    """The real server, as a district runs it: no demo."""
    settings.PUBLIC_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path / "uploads"
    clock.forget()
    yield live_server.url
    clock.forget()


@pytest.fixture
def visitor(page, server):
    """Somebody who signs in as people do."""
    visitor = Walker(page, server)
    yield visitor
    assert visitor.complaints == []


@pytest.fixture
def walker(visitor, settings):
    """Somebody in the demo, who becomes whoever acts next."""
    settings.DEMO = True
    return visitor


@pytest.fixture
def unscripted(browser, server, settings):
    """A browser without JavaScript, in the demo."""
    settings.DEMO = True
    context = browser.new_context(java_script_enabled=False)
    yield Walker(context.new_page(), server)
    context.close()


@pytest.fixture
def desk(browser, server, settings):
    """Begins a desk of somebody, at the text of a proposal."""
    from .desks import Desk, Traffic

    settings.DEMO = True
    desks, traffic = [], Traffic()

    def begin(person, proposal):
        desks.append(Desk(browser, server, person))
        return desks[-1].edit(proposal)

    yield begin
    for one in desks:
        one.context.close()
    traffic.wait()
    assert [one.faults() for one in desks if one.faults()] == []


@pytest.fixture
def both(desk, joint_draft, people):
    """Two people at two desks, at the same text."""
    return desk(people.lead_head, joint_draft), desk(people.partner_head, joint_draft)
