"""What a school can give: said by the school itself, or by the steward for groups."""

import pytest

from activity.models import Entry
from activity.refused import Refused
from goals.actions import limit_schools
from goals.rules.schools import can_limit_schools, limits_of


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("principal", True, False),
        ("steward", True, True),
        ("superintendent", False, False),
        ("lead_head", False, False),
        ("administrator", False, False),
    ],
)
def test_who_says_what_a_school_can_give(people, units, who, own, others):
    user = getattr(people, who)
    assert can_limit_schools(user, [units["BMS"]]) is own
    assert can_limit_schools(user, [units["BMS"], units["EHS"]]) is others


def test_the_steward_speaks_for_groups_and_a_school_for_itself(season, people, units):
    both = [units["BMS"], units["EHS"]]
    assert limit_schools(season=season, schools=both, hours=40, by=people.steward) == 2
    assert limit_schools(season=season, schools=both[:1], hours=25, by=people.principal) == 1
    assert limits_of(season) == {"BMS": 25, "EHS": 40}
    assert limit_schools(season=season, schools=both, hours=60, by=people.steward) == 1
    assert limits_of(season) == {"BMS": 25, "EHS": 60}
    sentences = [entry.sentence for entry in Entry.objects.about(season)]
    assert "stated a limit of 25 hours a month for Brook Middle School" in sentences


def test_zero_is_stated_and_nothing_is_not(season, people, units):
    said = {"season": season, "schools": [units["BMS"]], "by": people.principal}
    limit_schools(**said, hours=0)
    assert limits_of(season) == {"BMS": 0}
    limit_schools(**said, hours=None)
    assert limits_of(season) == {}


def test_others_cannot_say_it(season, people, units):
    with pytest.raises(Refused, match="Only the principal or the deputy"):
        limit_schools(season=season, schools=[units["EHS"]], hours=1, by=people.principal)


@pytest.mark.parametrize("codes", [[], ["BMS"]])
def test_some_school_must_be_free(season, people, units, codes):
    limit_schools(season=season, schools=[units["BMS"]], hours=5, by=people.principal)
    with pytest.raises(Refused, match="not stated its own number"):
        limit_schools(season=season, schools=[units[code] for code in codes], hours=1, by=people.steward)
