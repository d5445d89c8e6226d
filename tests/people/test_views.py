"""Pages of people: who may open them, what they say, how many queries they take."""

import pytest
from django.urls import reverse

from people.models import Post, Unit, User
from people.tree import in_tree_order

SETUP = ("setup_district", "setup_units", "setup_unit_new", "setup_people", "setup_person_new")


@pytest.mark.parametrize("name", SETUP)
def test_setting_up_is_for_those_who_may(name, signed_in, people):
    assert signed_in(people.administrator).get(reverse(name)).status_code == 200
    assert signed_in(people.lead_head).get(reverse(name)).status_code == 403


def test_pages_ask_for_signing_in(client, people):
    for name in ("me", "people", *SETUP):
        assert client.get(reverse(name)).status_code == 302


def test_unknown_people_and_units_are_404(signed_in, people):
    client = signed_in(people.administrator)
    for name in ("setup_person", "setup_unit", "setup_post_end", "setup_person_invite"):
        assert client.post(reverse(name, args=[999_999])).status_code == 404


def test_add_a_person_with_a_role_and_an_invitation(signed_in, people, units):
    data = {
        "name": "Nina New", "email": "nina@oak.example", "unit": units["TL"].pk, "role": "contributor",
        "invite": "on",
    }  # fmt: skip
    response = signed_in(people.administrator).post(reverse("setup_person_new"), data, follow=True)
    person = User.objects.get(email="nina@oak.example")
    assert person.posts.get().role == Post.Role.CONTRIBUTOR
    assert "/welcome/" in response.content.decode()


def test_what_was_typed_stays_when_it_is_refused(signed_in, people):
    data = {"name": "Other", "email": people.cfo.email, "title": "Kept words"}
    response = signed_in(people.administrator).post(reverse("setup_person_new"), data)
    assert response.status_code == 200 and "Kept words" in response.content.decode()


def test_a_circle_is_refused_in_words(signed_in, people, units):
    data = {"code": "ACA", "name": "Academics", "kind": "division", "parent": units["TL"].pk}
    response = signed_in(people.steward).post(reverse("setup_unit", args=[units["ACA"].pk]), data)
    assert response.status_code == 200 and "stands below" in response.content.decode()


def test_name_who_speaks(signed_in, people, units):
    data = {"head": people.stranger.pk, "deputy": ""}
    page = reverse("setup_unit_speakers", args=[units["TRN"].pk])
    assert signed_in(people.administrator).post(page, data).status_code == 302
    assert signed_in(people.steward).post(page, data).status_code == 403
    people.stranger.forget_posts()
    assert people.stranger.speaks_for(units["TRN"].pk)


def test_end_a_post_and_deactivate(signed_in, people):
    client = signed_in(people.administrator)
    client.post(reverse("setup_post_end", args=[people.lead_deputy.posts.get().pk]))
    client.post(reverse("setup_person_deactivate", args=[people.stranger.pk]))
    people.stranger.refresh_from_db()
    people.lead_deputy.forget_posts()
    assert not people.stranger.is_active and people.lead_deputy.roles == set()


def test_buttons_do_nothing_on_get(signed_in, people):
    client = signed_in(people.administrator)
    for name in ("setup_person_deactivate", "setup_person_invite", "setup_person_reactivate"):
        client.get(reverse(name, args=[people.stranger.pk]))
    people.stranger.refresh_from_db()
    assert people.stranger.is_active and not people.stranger.invitations.exists()


@pytest.mark.parametrize(("name", "queries"), [("setup_people", 7), ("setup_units", 6), ("people", 8)])
def test_lists_take_the_same_queries_for_any_number(
    name, queries, signed_in, people, units, django_assert_num_queries
):
    client = signed_in(people.administrator)
    with django_assert_num_queries(queries):
        client.get(reverse(name))
    for number in range(40):
        unit = Unit.objects.create(
            code=f"U{number}", name=f"Unit {number}", kind="school", parent=units["ACA"]
        )
        person = User.objects.create_user(f"p{number}@x.example", name=f"Person {number}", unit=unit)
        Post.objects.create(person=person, unit=unit, role=Post.Role.HEAD)
    with django_assert_num_queries(queries):
        client.get(reverse(name))


def test_the_directory_finds_units(signed_in, people):
    page = signed_in(people.lead_head).get(reverse("people"), {"q": "transp"}).content.decode()
    assert "Arno Asked" in page and "Lena Lead" not in page.split("<main")[1]


def test_my_page_saves_my_name(signed_in, people):
    client = signed_in(people.lead_head)
    assert client.get(reverse("me")).status_code == 200
    client.post(reverse("me"), {"name": "Lena Newname", "title": "Director"})
    people.lead_head.refresh_from_db()
    assert people.lead_head.name == "Lena Newname"


def test_sign_in_pages_wear_our_look(client, db):
    for path in ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"):
        page = client.get(path).content.decode()
        assert "wordmark" in page and "<style" not in page and 'style="' not in page


def test_two_steps_can_be_switched_on(signed_in, people):
    people.lead_head.set_password("purple otter lamp")
    people.lead_head.save()
    client = signed_in(people.lead_head)
    page = client.get("/accounts/2fa/").content.decode()
    assert "wordmark" in page and "Switch it on" in page


def test_the_tree_is_read_from_the_top(units):
    rows = in_tree_order(Unit.objects.all())
    assert [(row.code, row.depth) for row in rows][:3] == [("SUP", 0), ("ACA", 1), ("BMS", 2)]
    assert len(rows) == len(units)
