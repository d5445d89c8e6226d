"""An empty installation, from the one-time address to adopted rules and money, in the browser alone."""

import re
from urllib.parse import urlsplit

import pytest

from goals.models import Season
from people.actions import invite_first_administrator

pytestmark = pytest.mark.timeout(180)

PASSWORD = "purple otter lamp"


def open_the_first_address(visitor):
    visitor.go(urlsplit(invite_first_administrator()).path)
    visitor.fill(name="Ada Admin", email="ada@oak.example", password=PASSWORD)
    visitor.fill(district_name="Oak Valley Schools", district_short_name="Oak Valley")
    visitor.choose(district_time_zone="Mountain")
    visitor.press("Begin")


def add_units(visitor):
    for code, name in (("FIN", "Finance"), ("TL", "Teaching and learning")):
        visitor.go("/setup/units/new/")
        visitor.fill(code=code, name=name)
        visitor.choose(kind="Department", parent="Oak Valley Schools")
        visitor.press("Save")
    visitor.go("/setup/units/")
    visitor.sees("Finance", "Teaching and learning")


def add_person(visitor, name, unit, role) -> str:
    """Returns the address that the page gives to hand over."""
    visitor.go("/setup/people/new/")
    visitor.fill(name=name, email=f"{name.split()[0].lower()}@oak.example")
    visitor.choose(unit=unit, role=role)
    visitor.press("Save")
    said = visitor.page.locator(".notice-success").first.inner_text()
    return re.search(r"/welcome/\S+", said)[0]


def come_in(visitor, address):
    """By the address of the invitation, after whoever was here has left."""
    visitor.page.locator(".masthead summary").click()
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.get_by_role("heading", name="Sign in").wait_for()
    visitor.go(address)
    visitor.fill(password=PASSWORD)
    visitor.press("Save and sign in")


def set_up_the_season(visitor):
    visitor.go("/setup/")
    visitor.page.get_by_role("link", name="The season").first.click()
    visitor.fill(name="FY28", fiscal_year_starts="2027-07-01", fiscal_year_ends="2028-06-30")
    visitor.press("Begin")
    visitor.go("/setup/stages/")
    visitor.press("Lay out the usual calendar")
    visitor.sees("Joint drafting")
    visitor.go("/setup/principles/new/")
    visitor.fill(text="Students furthest from opportunity first")
    visitor.press("Save")
    visitor.go("/setup/decision-rights/")
    visitor.press("Begin with the usual ones")
    visitor.go("/setup/rubric/")
    visitor.press("Begin with the usual rubric")
    visitor.go("/setup/")
    visitor.press("Adopt the rules of season FY28")
    visitor.sees("Students furthest from opportunity first")


def add_a_fund(visitor):
    visitor.go("/setup/funds/new/")
    visitor.fill(code="GF", name="General fund", fund_type="1 General", rule="Anything lawful.")
    visitor.fill(available_FY28="1,200,000", available_FY29="1200000", available_FY30="$900,000")
    visitor.press("Save")
    visitor.sees("FY28 $1,200,000", "FY30 $900,000")


def test_a_district_begins_without_a_workbook(visitor):
    open_the_first_address(visitor)
    add_units(visitor)
    superintendent = add_person(visitor, "Sue Super", "Oak Valley Schools", "Superintendent")
    cfo = add_person(visitor, "Carl Chief", "Finance", "CFO")
    come_in(visitor, superintendent)
    set_up_the_season(visitor)
    come_in(visitor, cfo)
    add_a_fund(visitor)
    visitor.go("/")
    visitor.page.set_viewport_size({"width": 320, "height": 800})
    for page in ("/", "/setup/", "/season/", "/setup/funds/", "/funds/"):
        visitor.go(page)
        visitor.fits()
    assert Season.objects.get().adopted_by.name == "Sue Super"
