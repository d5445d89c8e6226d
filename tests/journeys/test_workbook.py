"""A season's workbook in the browser: looked at, corrected, imported."""

import pytest

from goals.models import Season
from people.models import Post, Unit, User
from tests.desk.small_district import build, save

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def administrator(transactional_db):
    unit = Unit.objects.create(code="D0", name="Office", kind="division")
    person = User.objects.create_user("admin@northfield.example", name="Adam Office", unit=unit)
    Post.objects.create(person=person, unit=unit, role=Post.Role.ADMINISTRATOR)
    return person


def choose(walker, workbook):
    walker.go("/season/import/")
    walker.page.set_input_files("input[type=file]", workbook)
    walker.press("Look at the workbook")


def test_a_workbook_is_previewed_corrected_and_imported(walker, administrator, tmp_path):
    sheets = build()
    right, sheets["Proposals"][1]["Evidence tier"] = sheets["Proposals"][1]["Evidence tier"], "7 hearsay"
    faulty = save(sheets, tmp_path / "faulty.xlsx")
    walker.become(administrator)
    choose(walker, faulty)
    walker.sees("Season FY28", "7 hearsay", "Import all but the named rows")
    where = walker.page.locator("tr", has_text="7 hearsay").locator("th").inner_text()
    assert where == "Proposals!N3"
    assert not Season.objects.exists(), "a preview writes nothing"
    walker.page.set_viewport_size({"width": 320, "height": 800})
    walker.fits()
    sheets["Proposals"][1]["Evidence tier"] = right
    choose(walker, save(sheets, tmp_path / "right.xlsx"))
    walker.press("Import the season")
    walker.page.get_by_text("Season FY28 is imported").wait_for()
    assert Season.objects.get().name == "FY28"
