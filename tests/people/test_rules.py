"""Who may set up what, and what stands in the way."""

import pytest
from django.http import Http404

from people import rules
from people.models import Post, Unit

Role = Post.Role


@pytest.mark.parametrize(
    ("who", "units_too", "accounts_too", "sees"),
    [
        ("administrator", True, True, True),
        ("steward", True, False, True),
        ("superintendent", False, False, True),
        ("cfo", False, False, True),
        ("lead_head", False, False, False),
        ("auditor", False, False, False),
    ],
)
def test_who_sets_up(people, who, units_too, accounts_too, sees):
    user = getattr(people, who)
    assert rules.can_set_up_district(user) is units_too
    assert rules.can_set_up_people(user) is accounts_too
    assert rules.can_see_setup(user) is sees


def test_a_unit_never_stands_below_itself(units):
    assert "stands below" in rules.blockers_to_place_unit("ACA", units["TL"], units["ACA"])[0]
    assert "stands below" in rules.blockers_to_place_unit("ACA", units["ACA"], units["ACA"])[0]
    assert rules.blockers_to_place_unit("TL", units["OPS"], units["TL"]) == []


def test_a_circle_left_by_an_import_does_not_hang(units):
    Unit.objects.filter(pk=units["ACA"].pk).update(parent=units["TL"])
    assert rules.blockers_to_place_unit("OPS", units["TL"], units["OPS"]) == []


def test_there_is_one_top_unit_and_each_code_once(units):
    assert "top unit" in rules.blockers_to_place_unit("NEW", None)[0]
    assert "code tl" in rules.blockers_to_place_unit("tl", units["ACA"])[0]
    assert rules.blockers_to_place_unit("SUP", None, units["SUP"]) == []


def test_only_those_who_chose_a_password_count_as_administrators(people):
    assert list(rules.administrators()) == []
    people.administrator.set_password("purple otter lamp")
    people.administrator.save()
    assert list(rules.administrators()) == [people.administrator]


def test_a_unit_has_one_head(people, units):
    assert "End that post first" in rules.blockers_to_give_post(people.stranger, units["TL"], Role.HEAD)[0]
    assert "already" in rules.blockers_to_give_post(people.lead_head, units["TL"], Role.HEAD)[0]
    assert rules.blockers_to_give_post(people.stranger, units["TL"], Role.DEPUTY) == []


def test_doors_answer_404_without_saying_which_exists(people, units):
    with pytest.raises(Http404):
        rules.person_for(people.lead_head, people.cfo.pk)
    with pytest.raises(Http404):
        rules.person_for(people.administrator, 999_999)
    with pytest.raises(Http404):
        rules.unit_for(people.lead_head, 999_999)
    with pytest.raises(Http404):
        rules.post_for(people.steward, people.cfo.posts.first().pk)
    assert rules.person_for(people.lead_head, people.lead_head.pk) == people.lead_head


def test_an_email_is_used_once(people):
    assert "already uses" in rules.blockers_to_use_email(people.cfo.email.upper())[0]
    assert rules.blockers_to_use_email(people.cfo.email, people.cfo) == []


@pytest.mark.parametrize(("zone", "known"), [("America/Denver", True), ("Mars/Olympus", False), ("", False)])
def test_time_zones_are_known(zone, known):
    assert (rules.blockers_to_set_zone(zone) == []) is known
