"""Two heads at two desks write one proposal, from the intent to its submission."""

import pytest

from proposals.models import Proposal

from .desks import Desk, Traffic, stored, until

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def heads(browser, server, settings, people, season, funds, accounts, coach, goal, at_stage):
    settings.DEMO = True
    at_stage("drafting")
    traffic = Traffic()
    found = [Desk(browser, server, person) for person in (people.lead_head, people.partner_head)]
    yield found
    for one in found:
        one.context.close()
    traffic.wait()
    assert [one.faults() for one in found if one.faults()] == []


def find_each_other(lena: Desk, paula: Desk) -> Proposal:
    lena.go("/proposals/intents/new/")
    lena.fill(title="Ninth-grade teams", idea="Adults who know each ninth grader.", looking_for="Counselors.")
    lena.page.get_by_label("G1", exact=False).first.check()
    lena.press("Post it")
    intent = lena.page.url.removeprefix(lena.address)
    paula.go("/proposals/intents/")
    paula.page.get_by_role("link", name="Join as co-sponsor").click()
    paula.fill(brings="A counselor's afternoon each week.")
    paula.press("Join as co-sponsor")
    lena.go(intent)
    lena.page.get_by_role("link", name="Start a proposal from it").click()
    lena.press("Start the draft")
    return Proposal.objects.get(title="Ninth-grade teams")


def write_at_once(lena: Desk, paula: Desk, proposal: Proposal) -> None:
    for one in (lena, paula):
        one.edit(proposal)
    lena.write("One in five fails a course.")
    paula.reads("One in five fails a course.")
    paula.write(" Counselors see it in October.")
    lena.write("Ours to mend. ", at="Home")
    for one in (lena, paula):
        one.reads("Ours to mend. One in five fails a course. Counselors see it in October.")
    for one, sections in (
        (lena, {"summary": "A team for every ninth grader.", "strategy": "Weekly look at grades."}),
        (paula, {"working_together": "We meet on Tuesdays.", "earlier_efforts": "Lists came too late."}),
    ):
        for kind, words in sections.items():
            one.page.locator(f"[data-kind={kind}] [role=textbox]").fill(words)
    until(lambda: proposal.sections.count() == 5 and "Tuesdays" in stored(proposal, "working_together"))
    lena.page.locator("[data-kind=working_together] [role=textbox]", has_text="Tuesdays").wait_for()


def suggest_and_take_over(lena: Desk, paula: Desk, here: str) -> None:
    paula.go(f"{here}/comments/")
    paula.page.locator("main select[name=section]").select_option("need")
    paula.fill(wording="We see it in October already.", text="Shorter.")
    paula.press("Say it")
    lena.go(f"{here}/comments/")
    lena.press("Accept")
    lena.go(f"{here}/edit/")
    lena.reads("We see it in October already.")


def cost_and_ask(lena: Desk, here: str) -> None:
    lena.go(f"{here}/costs/")
    lena.choose(unit="Teaching and learning", fund="GF General Fund", position="Instructional coach")
    lena.fill(description="Coach for the teams", fte="2")
    lena.page.locator("select[name=function]").select_option(index=1)
    lena.page.locator("select[name=object]").select_option(index=1)
    lena.press("Add the line")
    lena.sees("$212,908")
    lena.go(f"{here}/asks/")
    lena.choose(asked_unit="Transportation")
    lena.fill(what="Run the late bus on Tuesdays", effort_hours="40", if_declined="Teams meet at noon")
    lena.choose(effort_per="a year")
    lena.press("Note the ask")
    lena.press("Send")
    lena.sees("Waiting")


def test_two_heads_write_one_proposal_from_intent_to_submission(heads):
    lena, paula = heads
    proposal = find_each_other(lena, paula)
    here = f"/proposals/{proposal.pk}"
    write_at_once(lena, paula, proposal)
    suggest_and_take_over(lena, paula, here)
    cost_and_ask(lena, here)
    lena.go(f"{here}/sign/")
    lena.fill(contribution="We lead the teams and pay the coaches.")
    lena.press("Sign on", exact=False)
    paula.go(f"{here}/sign/")
    paula.press("Sign on", exact=False)
    lena.go(f"{here}/submit/")
    lena.press("Submit", exact=False)
    proposal.refresh_from_db()
    assert proposal.status == "submitted"
    frozen = proposal.versions.get(kind="submission").content
    assert "Ours to mend. One in five fails a course." in frozen["sections"]["need"]
    assert [s["unit"] for s in frozen["sponsors"]] == ["TL", "SSS"]
    assert "We see it in October already." in frozen["sections"]["need"]
    paula.go(here + "/")
    paula.sees("Ours to mend.")
    paula.fits()
