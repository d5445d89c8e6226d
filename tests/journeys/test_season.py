"""One season by hand, each step as the right person, from the goal to the investment."""

from datetime import date

import pytest

from goals.models import Goal, Stage
from proposals.models import Proposal

pytestmark = pytest.mark.timeout(300)

WHY = "A good plan, well shared."


@pytest.fixture
def cast(people, season, rubric, funds, accounts, coach):
    # Three days after the moment to which the demo moves in consultation.
    season.answers_due_on = date(2025, 12, 22)
    season.save()
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
    walker.fill(title="Ninth graders who fail", description="One in five fails a course.")
    walker.fill(evidence="21.4% in 2024-25.")
    walker.choose(owner="Teaching and learning")
    walker.press("Save")
    walker.go("/goals/new/")
    walker.fill(code="G9", title="More ninth graders on track", by_date="2028-06-30")
    walker.fill(statement="From 78.6% to 84.6% by 2028.")
    walker.choose(problem="Ninth graders who fail", owner="Teaching and learning")
    walker.press("Save the draft")
    goal = Goal.objects.get(code="G9")
    walker.go(f"/goals/{goal.pk}/measures/new/")
    walker.fill(code="G9a", name="Ninth graders on track", unit_of_values="%", baseline="78.6")
    walker.fill(baseline_period="2024-25", stated="6", by_date="2028-06-30")
    walker.fill(source="Student system", frequency="each semester")
    walker.choose(kind="Outcome", direction="Higher is better", target_type="Point change")
    walker.press("Save")
    walker.go(f"/goals/{goal.pk}/")
    walker.press("Publish the goal")
    walker.sees("84.6")
    return goal


def draft_together(walker, cast):
    at(walker, "intents")
    walker.become(cast.lead_head)
    walker.go("/proposals/intents/new/")
    walker.fill(
        title="Ninth-grade teams", idea="Adults who know each ninth grader.", looking_for="Counselors."
    )
    walker.page.get_by_label("G9", exact=False).first.check()
    walker.press("Post it")
    intent = walker.page.url.removeprefix(walker.address)
    at(walker, "drafting")
    walker.go(intent)
    walker.page.get_by_role("link", name="Start a proposal from it").click()
    walker.press("Start the draft")
    proposal = Proposal.objects.get(title="Ninth-grade teams")
    here = f"/proposals/{proposal.pk}"
    walker.go(f"{here}/details/")
    walker.page.get_by_label("G9", exact=False).first.check()
    walker.fill(students_served="640")
    walker.press("Save")
    walker.go(f"{here}/edit/")
    walker.write(summary="A team for every ninth grader.", need="One in five fails a course.")
    walker.write(strategy="Weekly look at grades and attendance.")
    walker.write(working_together="We meet on Tuesdays; lists come from Student support.")
    walker.go(f"{here}/sponsors/")
    walker.choose(unit="Student support")
    walker.press("Invite")
    walker.become(cast.partner_head)
    walker.go(f"{here}/sponsors/")
    walker.page.get_by_role("link", name="Accept", exact=True).click()
    walker.fill(contribution="A counselor's afternoon each week.")
    walker.press("Accept the invitation")
    walker.go(f"{here}/edit/")
    walker.write(communication="Families hear of it at the May evening.")
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
    walker.choose(effort_per="a year")
    walker.press("Note the ask")
    walker.sees("Not sent")
    walker.press("Send")
    walker.sees("Waiting")


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


def read_the_reminder(walker, cast):
    """The asked head was told what waits, and the link in the mail only shows it."""
    walker.become(cast.asked_head)
    walker.go("/mails/")
    walker.page.locator("main li", has_text=cast.asked_head.name).get_by_role("link").first.click()
    walker.sees("1 thing waits for you", "Due Mon 22 Dec, in 3 days")
    walker.page.locator("main a[href*='/asks/']").first.click()
    walker.sees("Run the late bus on Tuesdays")


def answer_the_ask(walker, cast):
    """Already on the page of the ask, by the link of the mail."""
    walker.page.get_by_label("Endorse: we will do this").check()
    walker.fill(reason="We can run it from September.")
    walker.press("Send the answer")
    walker.sees("Endorsed")


def open_up(walker, words):
    """Open what is folded away under these words."""
    walker.page.locator("main summary", has_text=words).first.click()


def review(walker, cast, proposal, here):
    at(walker, "vetting")
    walker.become(cast.cabinet_member)
    walker.go(f"/vetting/{proposal.pk}/")
    walker.choose(kind="Question", about="The whole proposal")
    walker.fill(text="Who covers when the coach is ill?")
    walker.press("Send the remark")
    walker.become(cast.steward)
    walker.go("/vetting/")
    walker.page.get_by_label(f"Choose {proposal.code}").check()
    open_up(walker, "Assign reviewers")
    walker.press("Assign reviewers")
    walker.page.get_by_label(f"Choose {proposal.code}").check()
    open_up(walker, "Return for revision")
    walker.fill(note="Please answer the question on cover.")
    walker.press("Return for revision")
    revise(walker, cast, here)
    at(walker, "scoring")
    walker.become(cast.cabinet_member)
    walker.go(f"/vetting/{proposal.pk}/")
    for best_but_one in walker.page.locator("main input[type=radio][value='4']").all():
        best_but_one.check()
    walker.press("Save my ratings")
    walker.become(cast.steward)
    walker.go(f"/vetting/{proposal.pk}/")
    walker.page.locator("main input[name=sure]").first.check()  # four reviews are missing
    walker.press("Clear for the slate")
    walker.sees("Vetted")


def revise(walker, cast, here):
    at(walker, "revision")
    walker.become(cast.lead_head)
    walker.sees("Ninth-grade teams")
    walker.go(f"{here}feedback/")
    walker.page.get_by_label("Our answer").fill("The partner school's coach covers.")
    walker.page.get_by_label("No, the plan stays").check()
    walker.press("Send the answer")
    walker.press("Resubmit to the reviewers")


def decide(walker, cast, here):
    at(walker, "slate")
    walker.become(cast.cfo)
    walker.go("/slates/new/")
    walker.fill(name="First slate")
    walker.press("Begin")
    slate = walker.page.url.removeprefix(walker.address)
    walker.press("Fill in rank order")
    walker.go(f"{slate}decisions/")
    walker.page.locator("select[name$=outcome]").first.select_option(label="Funded")
    walker.page.locator("textarea[name$=reason]").first.fill(WHY)
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
    for page in ("/decisions/", here):
        walker.go(page)
        assert WHY not in walker.page.content(), f"{page} tells before the release"
    walker.become(cast.superintendent)
    walker.go(f"{slate}release/")
    walker.press("Release all decisions")


def see_the_investment(walker, cast, here):
    walker.become(cast.lead_head)
    for page in ("/decisions/", here):
        walker.go(page)
        walker.sees(WHY, "Ninth-grade teams")
    walker.go("/investments/")
    walker.page.get_by_role("link", name="Ninth-grade teams", exact=False).first.click()
    walker.sees("Run the late bus on Tuesdays", "Transportation")
    walker.page.set_viewport_size({"width": 320, "height": 800})
    walker.fits()


def test_the_season_from_goal_to_investment(walker, cast):
    set_a_goal(walker, cast)
    proposal, here = draft_together(walker, cast)
    cost_and_ask(walker, cast, here)
    sign_and_submit(walker, cast, here)
    at(walker, "consultation")
    read_the_reminder(walker, cast)
    answer_the_ask(walker, cast)
    review(walker, cast, proposal, f"{here}/")
    decide(walker, cast, f"{here}/")
    see_the_investment(walker, cast, f"{here}/")
