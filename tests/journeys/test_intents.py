"""Two units find each other: an intent, a partner who joins, one draft, a hint, and a merger."""

import pytest

from proposals.actions import drafting
from proposals.models import Intent, Merger, Proposal

pytestmark = pytest.mark.timeout(120)


def test_from_an_intent_to_one_draft_of_two(walker, at_stage, goal, people, units):
    season = at_stage("drafting")
    cause = goal.causes.get()
    other = drafting.start_proposal(
        season=season, unit=units["HRT"], title="Hiring drivers", by=people.hr_head
    )
    drafting.edit_details(proposal=other, values={"goals": [goal], "causes": [cause]}, by=people.hr_head)
    drafting.edit_sections(proposal=other, texts={"summary": "We hire drivers early."}, by=people.hr_head)

    walker.become(people.lead_head)
    walker.go("/proposals/intents/new/")
    walker.fill(title="Later buses", idea="A bus at five for readers.", looking_for="Drivers.")
    walker.page.get_by_label("G1 More students").check()
    walker.press("Post it")
    walker.sees("Others who work on the same")

    walker.become(people.partner_head)
    walker.go("/proposals/intents/")
    walker.sees("A bus at five")
    walker.page.get_by_role("link", name="Join as co-sponsor").click()
    walker.fill(brings="A counselor who rides along.")
    walker.press("Join as co-sponsor")
    walker.sees("A counselor who rides along.")

    walker.become(people.lead_head)
    intent = Intent.objects.get()
    walker.go(f"/proposals/intents/{intent.pk}/")
    walker.page.get_by_role("link", name="Start a proposal from it").click()
    walker.press("Start the draft")
    draft = Proposal.objects.get(intent=intent)
    assert [s.unit.code for s in draft.standing_sponsorships] == ["TL", "SSS"]

    drafting.edit_details(proposal=draft, values={"causes": [cause]}, by=people.lead_head)
    walker.go(f"/proposals/{draft.pk}/links/")
    walker.sees("A draft of Human resources")
    assert "Hiring drivers" not in walker.page.locator("main").inner_text()
    walker.fits()
    walker.page.get_by_role("link", name="Merge").click()
    walker.fill(reason="Both need drivers in the afternoon.")
    walker.press("Propose it")
    walker.sees("Proposed mergers")

    walker.become(people.hr_head)
    walker.go(f"/mergers/{Merger.objects.get().pk}/")
    walker.sees("What happens", "A bus at five")
    walker.press("Merge them")
    draft.refresh_from_db()
    assert "We hire drivers early." in draft.sections.get(kind="summary").text
    assert Proposal.objects.get(pk=other.pk).status == "merged"
    walker.go(f"/proposals/{other.pk}/")
    walker.sees("Merged into")
