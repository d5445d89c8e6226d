"""For which units somebody works, by posts and home unit: a truth table."""

import pytest

from people.models import Post, User
from reviews.conflicts import Standing

pytestmark = pytest.mark.django_db

Role = Post.Role
WORKING = [
    "superintendent",
    "cfo",
    "cabinet",
    "head",
    "deputy",
    "contributor",
    "research_partner",
    "principal",
    "slate_builder",
]
LOOKING_ON = ["steward", "advisory_reviewer", "board_liaison", "auditor", "administrator"]


@pytest.fixture
def works_for(units):
    """`works_for("TL", ("SSS", "head"))`: codes of the units of somebody at home in TL, head of SSS."""

    def codes(home, *posts, ids="unit_ids") -> str:
        person = User.objects.create_user("a@b.example", name="A", unit=units.get(home))
        for unit, role in posts:
            Post.objects.create(person=person, unit=units[unit], role=role)
        by_pk = {unit.pk: code for code, unit in units.items()}
        return " ".join(sorted(by_pk[pk] for pk in getattr(person, ids)))

    return codes


def test_every_role_is_one_or_the_other():
    assert sorted([*WORKING, *LOOKING_ON]) == sorted(Role.values)
    assert set(Post.WORKING) == set(WORKING)


@pytest.mark.parametrize("role", WORKING)
def test_working_posts(works_for, role):
    assert works_for("SSS", ("TL", role)) == "SSS TL"


@pytest.mark.parametrize("role", LOOKING_ON)
def test_posts_that_look_on(works_for, role):
    assert works_for("SSS", ("TL", role)) == ""


@pytest.mark.parametrize("role", LOOKING_ON)
def test_a_post_at_home_that_looks_on(works_for, role):
    assert works_for("TL", ("TL", role)) == ""


@pytest.mark.parametrize(
    ("home", "posts", "expected"),
    [
        ("TL", [], "TL"),
        (None, [], ""),
        (None, [("TL", "head")], "TL"),
        ("TL", [("TL", "head"), ("TL", "auditor")], "TL"),
        ("TL", [("SSS", "head"), ("SUP", "advisory_reviewer")], "SSS"),
        ("TL", [("SSS", "head"), ("HRT", "deputy")], "HRT SSS TL"),
        ("SUP", [("SUP", "steward"), ("TL", "contributor")], "TL"),
    ],
)
def test_home_and_posts_together(works_for, home, posts, expected):
    assert works_for(home, *posts) == expected


@pytest.mark.parametrize("role", [*WORKING, *LOOKING_ON])
def test_any_post_stands_near(works_for, role):
    assert works_for("SSS", ("TL", role), ids="near_unit_ids") == "SSS TL"
    assert len(Standing.of(User.objects.get(email="a@b.example")).unit_ids) == 2


def test_new_posts_are_read_anew(units, stranger):
    assert stranger.unit_ids == stranger.near_unit_ids == {units["HRT"].pk}
    Post.objects.create(person=stranger, unit=units["TL"], role="auditor")
    stranger.forget_posts()
    assert (stranger.unit_ids, stranger.near_unit_ids) == (
        {units["HRT"].pk},
        {units["HRT"].pk, units["TL"].pk},
    )


@pytest.mark.parametrize("role", LOOKING_ON)
def test_no_draft_opens_to_who_looks_on(draft, units, signed_in, role):
    person = User.objects.create_user("a@b.example", name="A", unit=units["TL"])
    Post.objects.create(person=person, unit=units["TL"], role=role)
    client = signed_in(person)
    for path in ("", "edit/", "costs/"):
        assert client.get(f"/proposals/{draft.pk}/{path}").status_code == 404
    assert client.post(f"/proposals/{draft.pk}/edit/", {"summary": "Mine."}).status_code == 404
    assert not draft.sections.exists()
