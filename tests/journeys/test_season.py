"""One season by hand, each step as the right person, from the goal to the investment."""

import pytest

from activity.models import Mail
from goals.models import Goal, Stage
from proposals.models import Ask, Proposal

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def cast(people, season, rubric, funds, accounts, coach):
    return people


def at(walker, kind):
    """Move the clock of the demo, and keep what was entered."""
    order = Stage.objects.get(kind=kind).order
    walker.go("/demo/when/")
    with walker.page.expect_navigation():
        walker.page.locator(f"form[action='/demo/when/{order}/move/'] button").click()


def set_a_goal(walker, cast):
    at(walker, "goals")
    walker.become(cast.superintendent)
    walker.go("/goals/problems/new/")
    walker.fill(code="PB-9", title="Ninth graders who fail", description="One in five fails a course.")
    walker.fill(evidence="21.4% in 2024-25.")
    walker.choose(owner="TL Teaching and learning")
    walker.press("Save")
    walker.go("/goals/new/")
    walker.fill(code="G9", title="More ninth graders on track", by_date="2028-06-30")
    walker.fill(statement="From 78.6% to 84.6% by 2028.")
    walker.choose(problem="Ninth graders who fail", owner="TL Teaching and learning")
    walker.press("Save")
    goal = Goal.objects.get(code="G9")
    walker.go(f"/goals/{goal.pk}/measures/new/")
    walker.fill(code="G9a", name="Ninth graders on track", unit_of_values="%", baseline="78.6")
    walker.fill(baseline_period="2024-25", stated_change="6", by_date="2028-06-30")
    walker.fill(source="Student system", frequency="each semester")
    walker.choose(kind="Outcome", direction="Higher is better", target_type="Point change")
    walker.press("Save")
    walker.go(f"/goals/{goal.pk}/")
    walker.press("Publish")
    walker.sees("84.6")
    return goal


def test_a_goal_is_set_and_published(walker, cast):
    goal = set_a_goal(walker, cast)
    goal.refresh_from_db()
    assert goal.published_on


def draft_together(walker, cast):
    at(walker, "drafting")
    walker.become(cast.lead_head)
    walker.go("/proposals/new/")
    walker.fill(title="Ninth-grade teams")
    walker.press("Start the draft")
    proposal = Proposal.objects.get(title="Ninth-grade teams")
    here = f"/proposals/{proposal.pk}"
    walker.go(f"{here}/details/")
    walker.page.get_by_label("G9", exact=False).first.check()
    walker.fill(students_served="640")
    walker.press("Save")
    walker.go(f"{here}/edit/")
    walker.fill(summary="A team for every ninth grader.", need="One in five fails a course.")
    walker.fill(strategy="Weekly look at grades and attendance.")
    walker.fill(working_together="We meet on Tuesdays; lists come from Student support.")
    walker.press("Save all sections")
    walker.go(f"{here}/sponsors/")
    walker.choose(unit="Student support")
    walker.press("Invite")
    walker.become(cast.partner_head)
    walker.go(f"{here}/sponsors/")
    walker.page.get_by_role("link", name="Accept").click()
    walker.fill(contribution="A counselor's afternoon each week.")
    walker.press("Accept")
    walker.become(cast.lead_head)
    return proposal, here


def cost_and_ask(walker, cast, here):
    walker.go(f"{here}/costs/")
    walker.choose(unit="Teaching and learning", fund="GF General Fund", position="Instructional coach")
    walker.fill(description="Coach for the teams", fte="2")
    walker.page.locator("select[name=function]").select_option(index=1)
    walker.page.locator("select[name=object]").select_option(index=1)
    walker.press("Add the line")
    walker.sees("$212,908")
    walker.go(f"{here}/asks/")
    walker.choose(asked_unit="Transportation")
    walker.fill(what="Run the late bus on Tuesdays", effort_hours="40", if_declined="Teams meet at noon")
    walker.press("Note the ask")
    walker.press("Send")


def sign_and_submit(walker, cast, here):
    for person in (cast.lead_head, cast.partner_head):
        walker.become(person)
        walker.go(f"{here}/sign/")
        if person is cast.lead_head:
            walker.fill(contribution="We lead the teams and pay the coaches.")
        walker.press("Sign on", exact=False)
    walker.become(cast.lead_head)
    walker.go(f"{here}/sign/")
    if walker.page.locator("main").get_by_role("button", name="Sign on").count():
        walker.press("Sign on", exact=False)
    walker.go(f"{here}/submit/")
    walker.press("Submit", exact=False)


def answer_the_ask(walker, cast):
    ask = Ask.objects.get()
    at(walker, "consultation")
    walker.become(cast.asked_head)
    walker.go("/")
    walker.sees("Ninth-grade teams")
    walker.go(f"/asks/{ask.pk}/")
    walker.page.get_by_label("Endorse", exact=False).first.check()
    walker.fill(reason="We can run it from September.")
    walker.press("Send the answer")
    walker.sees("Endorsed")


def review(walker, cast, proposal, here):
    at(walker, "vetting")
    walker.become(cast.cabinet_member)
    walker.go(f"/vetting/{proposal.pk}/")
    walker.choose(kind="Question", about="The whole proposal")
    walker.fill(text="Who covers when the coach is ill?")
    walker.press("Give feedback", exact=False)
    walker.become(cast.steward)
    walker.go("/vetting/")
    walker.page.locator("main input[type=checkbox]").first.check()
    walker.press("Assign reviewers")
    walker.go("/vetting/")
    walker.page.locator("main input[type=checkbox]").first.check()
    walker.fill(note="Please answer the question on cover.")
    walker.press("Return for revision")
    at(walker, "revision")
    walker.become(cast.lead_head)
    walker.go(f"{here}/feedback/")
    walker.fill(answer="The partner school's coach covers.")
    walker.page.locator("main form select[name$=plan_changed]").first.select_option(index=1)
    walker.press("Send the answer", exact=False)
    walker.go(f"{here}/feedback/")
    walker.press("Resubmit", exact=False)
    at(walker, "scoring")
    walker.become(cast.cabinet_member)
    walker.go(f"/vetting/{proposal.pk}/")
    for group in walker.page.locator("main fieldset:has(input[type=radio])").all():
        group.locator("input[type=radio][value='4']").check()
    walker.press("Save my ratings")
    walker.become(cast.steward)
    walker.go(f"/vetting/{proposal.pk}/")
    walker.press("Clear", exact=False)
    proposal.refresh_from_db()
    assert proposal.status == "vetted"


def decide(walker, cast):
    at(walker, "slate")
    walker.become(cast.cfo)
    walker.go("/slates/new/")
    walker.fill(name="First slate")
    walker.page.locator("main form button[type=submit]").last.click()
    walker.page.wait_for_url("**/slates/*/")
    slate = walker.page.url.removeprefix(walker.address)
    walker.press("Fill in rank order")
    walker.go(f"{slate}decisions/")
    walker.page.locator("select[name$=outcome]").first.select_option(label="Funded")
    walker.page.locator("textarea[name$=reason]").first.fill("A good plan, well shared.")
    walker.press("Save decisions")
    walker.go(f"{slate}freeze/")
    walker.press("Freeze", exact=False)
    at(walker, "decision")
    for person, words in ((cast.cfo, "Approve as CFO"), (cast.superintendent, "Concur as superintendent")):
        walker.become(person)
        walker.go(f"{slate}approve/")
        walker.page.locator("input[name=has_read]").check()
        walker.press(words)
    walker.become(cast.lead_head)
    walker.go("/decisions/")
    assert "A good plan, well shared." not in walker.page.content()
    walker.become(cast.superintendent)
    walker.go(f"{slate}release/")
    walker.press("Release all decisions")


def test_the_season_from_goal_to_investment(walker, cast):
    set_a_goal(walker, cast)
    proposal, here = draft_together(walker, cast)
    cost_and_ask(walker, cast, here)
    sign_and_submit(walker, cast, here)
    at(walker, "consultation")
    assert Mail.objects.filter(person_name=cast.asked_head.name).exists(), "the asked head was not reminded"
    walker.become(cast.asked_head)
    walker.go("/mails/")
    walker.sees("waits for you")
    answer_the_ask(walker, cast)
    review(walker, cast, proposal, here)
    decide(walker, cast)
    walker.become(cast.lead_head)
    walker.go("/decisions/")
    walker.sees("A good plan, well shared.", "Ninth-grade teams")
    walker.go("/investments/")
    walker.page.get_by_role("link", name="Ninth-grade teams", exact=False).first.click()
    walker.sees("Run the late bus on Tuesdays", "Transportation")
    walker.page.set_viewport_size({"width": 320, "height": 800})
    walker.fits()
