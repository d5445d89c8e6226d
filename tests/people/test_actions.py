"""Verbs over the district, units, people and posts: one success and one test for each blocker."""

from datetime import timedelta

import pytest

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from people import actions, zone
from people.models import Post, Unit

Role = Post.Role


@pytest.fixture
def keys(people):
    """An administrator who can sign in."""
    people.administrator.set_password("purple otter lamp")
    people.administrator.save()
    return people.administrator


def test_change_the_district_and_its_zone(district, keys):
    actions.change_district(district=district, values={"time_zone": "America/Denver"}, by=keys)
    assert str(zone.district_zone()) == "America/Denver"
    assert Entry.objects.about(district).get().details["time_zone"] == ["America/Chicago", "America/Denver"]


def test_the_zone_must_exist_and_the_person_may(district, keys, lead_head):
    with pytest.raises(Refused, match="not a time zone"):
        actions.change_district(district=district, values={"time_zone": "Nowhere"}, by=keys)
    with pytest.raises(Refused, match="Only an administrator"):
        actions.change_district(district=district, values={"name": "X"}, by=lead_head)


def test_there_is_one_district(district, keys):
    with pytest.raises(Refused, match="already has"):
        actions.open_district(name="X", short_name="X", time_zone="America/Denver", by=keys)


def test_add_and_move_a_unit(units, steward):
    unit = actions.add_unit(
        values={"code": "NEW", "name": "New", "kind": "department", "parent": units["ACA"]}, by=steward
    )
    actions.change_unit(unit=unit, values={"parent": units["OPS"], "name": "Newer"}, by=steward)
    unit.refresh_from_db()
    assert (unit.parent, unit.name) == (units["OPS"], "Newer")
    assert [entry.verb for entry in Entry.objects.about(unit)] == ["change", "add"]


def test_saving_what_did_not_change_leaves_no_entry(units, steward):
    actions.change_unit(unit=units["TL"], values={"name": units["TL"].name}, by=steward)
    assert not Entry.objects.about(units["TL"]).exists()


def test_a_unit_is_refused_in_a_circle_and_for_others(units, steward, lead_head):
    with pytest.raises(Refused, match="stands below"):
        actions.change_unit(unit=units["ACA"], values={"parent": units["TL"]}, by=steward)
    with pytest.raises(Refused, match="Only an administrator"):
        actions.add_unit(values={"code": "X", "name": "X", "kind": "school"}, by=lead_head)


def test_add_a_person_who_cannot_sign_in_yet(keys, units):
    person = actions.add_person(name="Nina New", email="Nina@Oak.example", unit=units["TL"], by=keys)
    assert person.email == "nina@oak.example" and not person.has_usable_password()
    assert Entry.objects.about(person).get().sentence == "added Nina New"


def test_an_email_is_not_given_twice(keys, cfo):
    with pytest.raises(Refused, match="already uses"):
        actions.add_person(name="Other", email=cfo.email, by=keys)
    with pytest.raises(Refused, match="already uses"):
        actions.change_person(person=keys, values={"email": cfo.email}, by=keys)


def test_everybody_changes_their_own_name_but_not_their_email(lead_head):
    actions.change_person(person=lead_head, values={"name": "Lena New", "email": "x@y.example"}, by=lead_head)
    lead_head.refresh_from_db()
    assert lead_head.name == "Lena New" and lead_head.email.startswith("lead.head@")


def test_nobody_changes_another_person(lead_head, cfo, steward):
    for by in (lead_head, steward):
        with pytest.raises(Refused, match="Only an administrator"):
            actions.change_person(person=cfo, values={"name": "X"}, by=by)


def test_deactivating_ends_posts_and_closes_the_door(keys, lead_head):
    actions.deactivate_person(person=lead_head, by=keys)
    lead_head.refresh_from_db()
    lead_head.forget_posts()
    assert not lead_head.is_active and lead_head.roles == set()
    actions.reactivate_person(person=lead_head, by=keys)
    lead_head.refresh_from_db()
    assert lead_head.is_active and lead_head.roles == set()


def test_the_last_administrator_stays(keys, people, units):
    with pytest.raises(Refused, match="only administrator"):
        actions.deactivate_person(person=keys, by=keys)
    with pytest.raises(Refused, match="only administrator"):
        actions.end_post(post=keys.posts.get(), by=keys)
    actions.give_post(person=people.cfo, unit=units["SUP"], role=Role.ADMINISTRATOR, by=keys)
    with pytest.raises(Refused, match="only administrator"):  # the other one never chose a password
        actions.deactivate_person(person=keys, by=keys)
    people.cfo.set_password("another lamp otter")
    people.cfo.save()
    actions.deactivate_person(person=keys, by=keys)


def test_nobody_is_deactivated_or_brought_back_twice(keys, lead_head):
    with pytest.raises(Refused, match="active already"):
        actions.reactivate_person(person=lead_head, by=keys)
    actions.deactivate_person(person=lead_head, by=keys)
    with pytest.raises(Refused, match="already deactivated"):
        actions.deactivate_person(person=lead_head, by=keys)


def test_posts_are_dated_and_given_by_the_administrator(keys, stranger, units):
    today = clock.today()
    actions.give_post(
        person=stranger, unit=units["TRN"], role=Role.DEPUTY, by=keys,
        from_date=today + timedelta(days=5), until_date=today + timedelta(days=9),
    )  # fmt: skip
    assert not stranger.speaks_for(units["TRN"].pk)
    with pytest.raises(Refused, match="would end before"):
        actions.give_post(
            person=stranger, unit=units["TL"], role=Role.DEPUTY, by=keys,
            from_date=today, until_date=today - timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(Refused, match="Only an administrator"):
        actions.give_post(person=stranger, unit=units["TL"], role=Role.CFO, by=stranger)


def test_a_post_ends_at_once_and_once(keys, lead_deputy, units):
    post = lead_deputy.posts.get()
    actions.end_post(post=post, by=keys)
    lead_deputy.forget_posts()
    assert not lead_deputy.speaks_for(units["TL"].pk)
    with pytest.raises(Refused, match="already ended"):
        actions.end_post(post=post, by=keys)


def test_a_post_that_began_today_is_taken_back(keys, stranger, units):
    post = actions.give_post(
        person=stranger, unit=units["TRN"], role=Role.DEPUTY, by=keys, from_date=clock.today()
    )
    actions.end_post(post=post, by=keys)
    assert not Post.objects.filter(pk=post.pk).exists()


def test_a_new_head_replaces_the_old_one(keys, people, units):
    actions.name_speakers(unit=units["TL"], head=people.stranger, deputy=people.lead_head, by=keys)
    for person in (people.stranger, people.lead_head, people.lead_deputy):
        person.forget_posts()
    assert people.stranger.speaks_for(units["TL"].pk)
    assert people.lead_head.speaks_for(units["TL"].pk)
    assert not people.lead_deputy.speaks_for(units["TL"].pk)


def test_head_and_deputy_are_two_people(keys, people, units):
    with pytest.raises(Refused, match="same person"):
        actions.name_speakers(unit=units["TL"], head=people.stranger, deputy=people.stranger, by=keys)


def test_naming_the_same_speakers_again_changes_nothing(keys, people, units):
    before = Entry.objects.count()
    actions.name_speakers(unit=units["TL"], head=people.lead_head, deputy=people.lead_deputy, by=keys)
    assert Entry.objects.count() == before and Unit.objects.get(code="TL").posts.count() == 3
