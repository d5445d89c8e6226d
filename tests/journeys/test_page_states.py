"""The core pages when there is nothing yet, and when what was asked or sent makes no sense."""

import io

import pytest
from pypdf import PdfReader

from proposals.actions import drafting
from proposals.models import Section

from .test_every_page import LAPTOP, LOOK, PHONE, Eyes, as_person

pytestmark = [pytest.mark.timeout(300), pytest.mark.postgres]

CORE = [
    "/", "/season/", "/goals/", "/proposals/", "/proposals/intents/", "/asks/", "/asks/delegations/",
    "/vetting/", "/vetting/overview/", "/slates/", "/decisions/", "/investments/", "/investments/lessons/",
    "/funds/", "/setup/", "/setup/stages/", "/setup/funds/", "/people/", "/mails/", "/me/",
]  # fmt: skip
NONSENSE = "?page=999&sort=zzz&text=zzzz&q=zzzz&goal=x&status=x&mine=1"
# Who sends an empty form, and where.
FORMS = [
    ("superintendent", "/goals/new/"), ("superintendent", "/goals/problems/new/"),
    ("steward", "/setup/stages/new/"), ("steward", "/setup/principles/new/"), ("cfo", "/setup/funds/new/"),
    ("administrator", "/setup/people/new/"), ("administrator", "/setup/units/new/"), ("cfo", "/slates/new/"),
    ("lead_head", "/asks/delegations/"), ("lead_head", "/me/"),
]  # fmt: skip

SEND_EMPTY = """() => {
    const form = [...document.querySelectorAll("main form[method=post]")].pop();
    form.noValidate = true;
    const typed = [...form.elements].filter(e => e.matches("input:not([type=hidden]), textarea"));
    typed.forEach(e => e.value = "");
    form.requestSubmit();
}"""


@pytest.fixture
def eyes(browser, server, settings, people, season, rubric, at_stage):
    settings.DEMO = True
    at_stage("goals")
    return [Eyes(browser, server, look) for look in (LAPTOP, PHONE)]


@pytest.mark.parametrize("query", ["", NONSENSE], ids=["empty", "nonsense"])
def test_the_core_pages_say_that_there_is_nothing(query, eyes, people):
    found = []
    for one in eyes:
        for path in CORE:
            decides = path.startswith(("/slates", "/setup/funds"))
            one.become(as_person(people.cfo if decides else people.superintendent))
            found += [f"{path}, {one.name}: {fault}" for fault in one.faults(path + query, axe=True)]
    assert not found, "\n".join(found)


def test_a_refused_form_leads_to_its_fields(eyes, people):
    found = []
    for one in eyes:
        for who, path in FORMS:
            one.become(as_person(getattr(people, who)))
            one.faults(path, axe=False)
            with one.page.expect_navigation():
                one.page.evaluate(SEND_EMPTY)
            summary = one.page.locator(".error-summary")
            if summary.count() != 1 or not summary.evaluate("e => e === document.activeElement"):
                found.append(f"{path}: no summary has the focus")
            links = summary.locator("a").evaluate_all("all => all.map(a => !document.querySelector(a.hash))")
            if any(links):
                found.append(f"{path}: the summary leads nowhere")
            found += [f"{path}, {one.name}: {fault}" for fault in one.faults_here(axe=True)]
    assert not found, "\n".join(found)


# WCAG 1.4.12, and 1.4.4: 640 px are a laptop's 1280 at 200 %.
SPREAD = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    const cut = e => ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && e.clientWidth > 1
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
    const parts = [...document.querySelectorAll("body *")].filter(e => e.textContent.trim());
    return parts.filter(cut).map(e => e.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_wide_letters_and_large_ones_lose_nothing(width, browser, server, settings, joint_draft, people):
    settings.DEMO = True
    eyes = Eyes(browser, server, LAPTOP | {"viewport": {"width": width, "height": 800}})
    eyes.become(as_person(people.lead_head))
    here = f"/proposals/{joint_draft.pk}/"
    own = [here, *(f"{here}{part}/" for part in ("edit", "details", "costs", "asks", "sponsors", "sign"))]
    found = []
    for path in [*CORE[:8], *own, "/schools/", "/decisions/", "/me/"]:
        found += [f"{path}: {fault}" for fault in eyes.faults(path, axe=False)]
        found += [f"{path} cuts {part}" for part in eyes.page.evaluate(SPREAD)]
        if (wide := eyes.page.evaluate(LOOK)["wide"]) > 0:
            found.append(f"{path}: {wide} px too wide with spread letters")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("words", [40, 95])
def test_a_proposal_prints_on_two_pages_before_its_costs(
    words, browser, server, settings, joint_draft, people
):
    settings.DEMO = True
    texts = dict.fromkeys(
        Section.Kind.values, "Advisers meet their students every second week. " * (words // 7)
    )
    drafting.edit_sections(proposal=joint_draft, texts=texts, by=people.lead_head)
    eyes = Eyes(browser, server, LAPTOP)
    eyes.become(as_person(people.lead_head))
    assert eyes.faults(f"/proposals/{joint_draft.pk}/", axe=False) == []
    pages = PdfReader(io.BytesIO(eyes.page.pdf(format="Letter"))).pages
    assert len(pages) == 3
    assert "Money" not in pages[1].extract_text() and "Money" in pages[2].extract_text()
