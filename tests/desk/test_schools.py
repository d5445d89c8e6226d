"""The page of all schools: load by month, limits, and who states them."""

import pytest

from goals.actions import limit_schools
from goals.rules.schools import limits_of
from people.models import Unit

URL = "/schools/"


@pytest.fixture
def asked(submitted, units):
    """P-01 asks 30 hours of Brook Middle School in July."""
    submitted.demands.create(
        school=units["BMS"], month=submitted.season.fiscal_year_starts, activity="meeting", hours=30
    )
    return submitted


def test_over_the_limit_is_said_in_words(asked, season, people, units, signed_in):
    limit_schools(season=season, schools=[units["BMS"]], hours=25, by=people.principal)
    page = signed_in(people.lead_head).get(URL)
    assert "1 school is asked for more than it can give" in page.text
    assert "Over its limit" in page.text and "5 over" in page.text
    assert "as the school says" in page.text and "1 of 2 have not stated a limit" in page.text
    assert "State it" not in page.text


def test_not_stated_is_not_passed(asked, people, signed_in):
    page = signed_in(people.lead_head).get(URL)
    assert "Over its limit" not in page.text and " over<" not in page.text


def test_a_principal_states_it_for_the_own_school_alone(asked, season, people, units, signed_in):
    client = signed_in(people.principal)
    assert [unit.code for unit in client.get(URL).context["form"].offered] == ["BMS"]
    assert client.post(URL, {"hours": "1,200", "schools": [units["BMS"].pk], "once": "1"}).status_code == 302
    assert limits_of(season) == {"BMS": 1200}
    page = client.post(URL, {"hours": "5", "schools": [units["EHS"].pk], "once": "2"})
    assert page.context["form"].errors and limits_of(season) == {"BMS": 1200}


def test_the_steward_states_it_for_groups(asked, season, people, signed_in):
    client = signed_in(people.steward)
    client.post(URL, {"hours": "40", "groups": ["all"], "once": "1"})
    assert limits_of(season) == {"BMS": 40, "EHS": 40}
    page = client.post(URL, {"hours": "40", "once": "2"})
    assert "a group, or single schools" in page.text


def test_who_may_not_state_it_posts_in_vain(asked, season, people, units, signed_in):
    page = signed_in(people.lead_head).post(URL, {"hours": "5", "schools": [units["BMS"].pk], "once": "1"})
    assert page.status_code == 200 and limits_of(season) == {}


def test_queries_do_not_grow(asked, season, people, units, signed_in, django_assert_num_queries):
    client = signed_in(people.lead_head)
    client.get(URL)
    with django_assert_num_queries(8):
        client.get(URL)
    for n in range(3):
        school = Unit.objects.create(code=f"S{n}", name=f"School {n}", kind="school", parent=units["SUP"])
        asked.demands.create(school=school, month=season.fiscal_year_ends, activity="event", hours=3)
        limit_schools(season=season, schools=[school], hours=2, by=people.steward)
    with django_assert_num_queries(8):
        client.get(URL)
