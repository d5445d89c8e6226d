"""Every address of the site in a real browser: axe, the content policy, the console, the width.

Each page in its fullest role at 1280 px light and at 320 px dark; what other roles see of it, where it
differs, at 320 px without axe. `make audit` tries every combination and keeps the result in docs/audit.md.
"""

import os
import re
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from tests.shape.house import ROOT

from . import ways

pytestmark = [pytest.mark.timeout(3600 if os.environ.get("AUDIT") else 600), pytest.mark.postgres]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LAPTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 320, "height": 800}, "color_scheme": "dark"}
AUDIT = os.environ.get("AUDIT", "")
EVERY_LOOK = [
    {"viewport": size["viewport"], "color_scheme": scheme}
    for size in (LAPTOP, PHONE)
    for scheme in ("light", "dark")
]
MOST_SHIFT = 0.05
HEAD = """# Audit of every page

{day}, by `make audit`: every address of the site on the Larkmoor demo at the stage where it is used, as
everybody who is shown something of their own, at 1280 and 320 px, light and dark. Each look runs axe
(WCAG 2.2 A and AA) and watches the content policy, the console, the width and the layout shift.

| Stage | Addresses | Looks | Faults | Largest paint |
|---|---:|---:|---:|---:|"""
MAIN = re.compile(rb"<main\b.*</main>", re.S)
ONCE = re.compile(rb'name="(?:once|csrfmiddlewaretoken)" value="[^"]*"')

WATCH = """
window.seen = {policy: [], shift: 0, paint: 0};
document.addEventListener("securitypolicyviolation", e => seen.policy.push(e.violatedDirective));
const watch = (type, tell) =>
    new PerformanceObserver(list => list.getEntries().forEach(tell)).observe({type, buffered: true});
watch("layout-shift", e => seen.shift += e.hadRecentInput ? 0 : e.value);
watch("largest-contentful-paint", e => seen.paint = e.startTime);
"""
LOOK = """() => ({...seen, wide: document.documentElement.scrollWidth - window.innerWidth})"""
RUN_AXE = """async () => {
    if (!window.axe) bringAxe();
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const {violations} = await axe.run(document, {runOnly, resultTypes: ["violations"]});
    const places = v => v.nodes.slice(0, 2).map(node => node.target.join(" ")).join(" | ");
    return violations.map(v => `${v.id}: ${v.help} at ${places(v)}`);
}"""


@cache
def bring_axe() -> str:
    """The browser has it at hand for each page and reads it only where it is run."""
    return f"window.bringAxe = () => {{{AXE.read_text(encoding='utf-8')}}};"


class Eyes:
    """One look at pages: a browser of one width and one scheme, as whoever it is told to be."""

    def __init__(self, browser, server: str, look: dict):
        self.context = browser.new_context(**look)
        self.context.add_init_script(WATCH + bring_axe())
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.server, self.said, self.paint = server, [], 0.0
        self.name = f"{look['viewport']['width']} px {look['color_scheme']}"
        self.page.on("console", lambda message: message.type == "error" and self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def become(self, client: Client) -> None:
        self.context.clear_cookies()
        if "session" in client.cookies:
            cookie = {"name": "session", "value": client.cookies["session"].value, "url": self.server}
            self.context.add_cookies([cookie])

    def faults(self, path: str, axe: bool) -> list[str]:
        """What is wrong with a page."""
        self.said.clear()
        answer = self.page.goto(f"{self.server}{path}")
        found = [] if answer.ok else [f"answers {answer.status}"]
        return found + self.faults_here(axe)

    def faults_here(self, axe: bool) -> list[str]:
        seen = self.page.evaluate(LOOK)
        self.paint = max(self.paint, seen["paint"])
        found = [f"the content policy was broken: {rule}" for rule in seen["policy"]]
        found += [f"the console says {text}" for text in self.said]
        if seen["wide"] > 0:
            found.append(f"{seen['wide']} px too wide")
        if seen["shift"] > MOST_SHIFT:
            found.append(f"shifts by {seen['shift']:.2f}")
        return found + (self.axe() if axe else [])

    def axe(self) -> list[str]:
        return self.page.evaluate(RUN_AXE)


def as_person(person) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def body_of(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def main_of(body: bytes) -> str:
    """What a page shows in its middle, without its keys."""
    found = MAIN.search(body)
    return sha256(ONCE.sub(b"", found[0] if found else body)).hexdigest()


class Round:
    """All addresses of one moment, first asked for as everybody, then looked at."""

    def __init__(self, browser, server: str, moment: ways.Moment, every: bool):
        looks = EVERY_LOOK if every else (LAPTOP, PHONE)
        self.eyes = [Eyes(browser, server, look) for look in looks]
        self.moment, self.every = moment, every
        self.clients = {role: as_person(person) for role, person in moment.people.items()}
        self.found: list[str] = []
        self.looks = 0

    def walk(self) -> list[str]:
        for name, path in self.moment.addresses.items():
            shown = self._asked_as_everybody(name, path)
            for number, role in enumerate(shown):
                self._look(path, role, fullest=number == 0)
        return self.found

    def _asked_as_everybody(self, name: str, path: str) -> list[str]:
        """Roles that are shown something of their own, the fullest first."""
        pages, statuses = {}, set()
        for role, client in self.clients.items():
            response = client.get(path)
            statuses.add(response.status_code)
            body = body_of(response)
            if response.status_code >= 500:
                self.found.append(f"{name} {path} as {role}: answers {response.status_code}")
            if response.status_code == 200 and b"<html" in body:
                pages[role] = body
        is_act = name in self.moment.acts and statuses & {302, 405}
        is_no_page = 200 in statuses or is_act or name.startswith(ways.FOR_SCRIPTS)
        if not pages and not is_no_page:
            self.found.append(f"{name} {path}: nobody is shown it ({sorted(statuses)}); see ways.py")
        fullest_first = sorted(pages, key=lambda role: -len(pages[role]))
        own = {main_of(pages[role]): role for role in reversed(fullest_first)}
        return [role for role in fullest_first if role in own.values()]

    def _look(self, path: str, role: str, fullest: bool) -> None:
        for eyes in self.eyes if fullest or self.every else self.eyes[-1:]:
            eyes.become(self.clients[role])
            self.looks += 1
            for fault in eyes.faults(path, axe=fullest or self.every):
                self.found.append(f"{path} as {role}, {eyes.name}: {fault}")


@pytest.fixture(scope="module")
def audit():
    """Lines of the table that `make audit` keeps, and what was found."""
    rows: list[str] = []
    found: list[str] = []
    yield rows, found
    if AUDIT:
        faults = [f"- {line}" for line in found] or ["Nothing was found."]
        text = [HEAD.format(day=f"{datetime.now(UTC):%Y-%m-%d}"), *rows, "", *faults, ""]
        Path(AUDIT).write_text("\n".join(text), encoding="utf-8")


def go_round(kind: str, browser, server: str, audit) -> None:
    round_ = Round(browser, server, ways.arrange(kind), every=bool(AUDIT))
    found = round_.walk()
    paint = max(eyes.paint for eyes in round_.eyes)
    audit[0].append(
        f"| {kind} | {len(round_.moment.addresses)} | {round_.looks} | {len(found)} | {paint / 1000:.2f} s |"
    )
    audit[1].extend(found)
    assert round_.looks > 0
    assert not found, "\n".join(found)


# In two halves, which two processes of pytest visit side by side.
HALF = ["goals", "drafting", "scoring"]


class TestHalf:
    @pytest.mark.parametrize("kind", HALF)
    def test_every_page(self, kind, browser, server, settings, audit):
        settings.DEMO = True
        go_round(kind, browser, server, audit)


class TestOtherHalf:
    @pytest.mark.parametrize("kind", [kind for kind in ways.MOMENTS if kind not in HALF])
    def test_every_page(self, kind, browser, server, settings, audit):
        settings.DEMO = True
        go_round(kind, browser, server, audit)
