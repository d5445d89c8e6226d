"""A workbook in the browser: looked at first, imported once, and faulty rows only left out when chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activity import clock
from desk.season_import import uploading
from goals.models import Season
from people.models import Post, Unit, User
from tests.desk.small_district import build, cell_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, settings, tmp_path):
    """A browser in which the administrator of an empty district is signed in."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    unit = Unit.objects.create(code="D0", name="Office", kind="division")
    person = User.objects.create_user("admin@northfield.example", name="Adam", unit=unit)
    Post.objects.create(person=person, unit=unit, role=Post.Role.ADMINISTRATOR)
    client.force_login(person)
    return client


def upload(office, tmp_path, sheets=None, name="season.xlsx"):
    content = save(sheets or build(), tmp_path / "season.xlsx").read_bytes()
    return office.post(reverse("season_import"), {"workbook": SimpleUploadedFile(name, content)})


def confirm(office, **data):
    shown = office.get(reverse("season_import_confirm"))
    digest = shown.context["found"].digest
    return office.post(reverse("season_import_confirm"), {"digest": digest, **data}, follow=True)


def test_the_preview_shows_what_it_holds_and_writes_nothing(office, tmp_path):
    assert upload(office, tmp_path).url == reverse("season_import_confirm")
    text = office.get(reverse("season_import_confirm")).content.decode()
    assert "Season FY28" in text
    assert "Cost lines" in text
    assert not Season.objects.exists()


def test_confirming_imports_and_forgets_the_file(office, tmp_path):
    upload(office, tmp_path)
    confirm(office)
    assert Season.objects.get().name == "FY28"
    assert list(uploading.folder().iterdir()) == []
    assert office.get(reverse("season_import_confirm")).status_code == 302


def test_the_unit_that_came_with_the_district_becomes_the_workbooks_top(office, tmp_path):
    Unit.objects.update(code="TOP", name="Northfield")
    upload(office, tmp_path)
    confirm(office)
    top = Unit.objects.get(parent=None)
    assert (top.code, top.name) == (build()["Units"][0]["Code"], build()["Units"][0]["Name"])
    assert Post.objects.get(role="administrator").unit == top


def test_a_top_unit_beside_one_opened_by_hand_is_refused_at_its_cell(office, tmp_path):
    Unit.objects.update(code="TOP", name="Northfield")
    Unit.objects.create(code="HAND", name="Made by hand", kind="department", parent=Unit.objects.get())
    upload(office, tmp_path)
    sheets = build()
    words = f"{cell_of(sheets, 'Units', 0, 'Parent')}: {sheets['Units'][0]['Code']} would stand at the top"
    page = office.get(reverse("season_import_confirm"), follow=True).content.decode()
    assert words in page and "TOP, Northfield, stands already" in page
    assert not Season.objects.exists() and Unit.objects.filter(parent=None).count() == 1
    Unit.objects.filter(parent=None).update(code=sheets["Units"][0]["Code"])
    upload(office, tmp_path)
    confirm(office)
    assert Season.objects.exists() and Unit.objects.filter(parent=None).count() == 1


@pytest.mark.parametrize("demo", [False, True])
def test_a_stage_is_chosen_as_the_command_does(office, tmp_path, settings, demo):
    settings.DEMO = demo
    upload(office, tmp_path)
    page = office.get(reverse("season_import_confirm"), {"at": "1"})
    until, text = page.context["found"].until, page.content.decode()
    assert "Every act after" in text and ("the demo’s clock" in text) is demo
    confirm(office, at="1")
    season = Season.objects.get()
    assert season.imported_until == until and season.proposals.count() < 2
    assert (clock.today() == until) is demo


def test_a_stage_that_is_not_there(office, tmp_path):
    upload(office, tmp_path)
    text = office.get(reverse("season_import_confirm"), {"at": "Mars"}, follow=True).content.decode()
    assert "There is no stage “Mars”" in text


def test_faulty_rows_are_left_out_only_when_chosen(office, tmp_path):
    sheets = build()
    sheets["Proposals"][1]["Evidence tier"] = "7 hearsay"
    upload(office, tmp_path, sheets)
    assert "7 hearsay" in office.get(reverse("season_import_confirm")).content.decode()
    confirm(office)
    assert not Season.objects.exists()
    confirm(office, skip="yes")
    assert Season.objects.get().proposals.count() == 1


def test_what_blocks_everything_cannot_be_confirmed(office, tmp_path):
    sheets = build()
    del sheets["Goals"]
    upload(office, tmp_path, sheets)
    text = office.get(reverse("season_import_confirm")).content.decode()
    assert "cannot be imported" in text
    confirm(office, skip="yes")
    assert not Season.objects.exists()


def test_another_workbook_than_the_one_looked_at_is_refused(office, tmp_path):
    upload(office, tmp_path)
    office.post(reverse("season_import_confirm"), {"digest": "0" * 64}, follow=True)
    assert not Season.objects.exists()


def test_no_workbook_and_too_large_ones_are_refused_at_the_field(office, tmp_path, settings):
    answer = upload(office, tmp_path, name="season.csv")
    assert "no .xlsx workbook" in answer.content.decode()
    settings.UPLOAD_LIMIT = 10
    assert "too large" in upload(office, tmp_path).content.decode()
    hostile = SimpleUploadedFile("season.xlsx", b"not a workbook")
    settings.UPLOAD_LIMIT = 10_000
    office.post(reverse("season_import"), {"workbook": hostile})
    answer = office.get(reverse("season_import_confirm"), follow=True)
    assert "no .xlsx workbook" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "demo", "status"),
    [
        ("administrator", False, 200),
        ("steward", False, 403),  # a workbook gives posts: a steward could make themselves CFO
        ("steward", True, 200),
        ("lead_head", True, 403),
    ],
)
def test_it_is_for_the_administrator(client, people, settings, who, demo, status):
    settings.DEMO = demo
    client.force_login(getattr(people, who))
    assert client.get(reverse("season_import")).status_code == status
