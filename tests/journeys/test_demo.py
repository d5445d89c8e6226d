"""The demo bar: another moment of the season, and another person in it."""

import pytest

from desk import demo
from reviews.models import Endorsement

pytestmark = pytest.mark.timeout(240)


def test_a_jump_to_consultation_finds_asks_open(walker):
    season = demo.load()
    answered = Endorsement.objects.count()
    consultation = season.stages.get(kind="consultation")
    walker.go("/demo/people/")
    walker.press("Head")
    walker.go("/demo/when/")
    walker.page.get_by_role("link", name=f"Jump here: {consultation.name}").click()
    walker.sees("Everything that was entered in this demo is discarded.")
    walker.press("Discard and jump")
    walker.page.get_by_text(f"It is {consultation.name} now").wait_for()
    assert Endorsement.objects.count() < answered / 2, "in consultation most asks are open"
    asked = walker.page.locator(".masthead-end").inner_text()
    walker.page.locator(".demo-roles").get_by_role("button", name="Steward").click()
    walker.page.locator(".masthead-end", has_not_text=asked).wait_for()
    walker.go("/asks/")
