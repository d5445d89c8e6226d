"""Who holds which role in which unit, and from when until when."""

from datetime import date, timedelta

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if

from .. import rules
from ..models import Post, Unit, User

WHO = "Only an administrator gives and ends posts."


@transaction.atomic
def give_post(
    *, person: User, unit: Unit, role: str, by: User,
    from_date: date | None = None, until_date: date | None = None,
) -> Post:  # fmt: skip
    """Give a person a role in a unit. Raises Refused."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    allow(rules.can_set_up_people(by), WHO)
    refuse_if(rules.blockers_to_give_post(person, unit, role))
    if from_date and until_date and until_date < from_date:
        raise Refused("The post would end before it begins. Please check the two dates.")
    return _given(person, unit, role, by, from_date, until_date)


@transaction.atomic
def end_post(*, post: Post, by: User) -> None:
    """End a post; yesterday is its last day. Raises Refused."""
    list(rules.administrators().select_for_update().order_by("pk").values_list("pk", flat=True))
    post = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=post.pk)
    allow(rules.can_set_up_people(by), WHO)
    refuse_if(rules.blockers_to_end_post(post))
    _end(post, clock.today())
    post.person.forget_posts()
    record("end post", post.unit, f"ended the post of {post.person} as {_of(post)}", by=by, role=post.role)


@transaction.atomic
def name_speakers(*, unit: Unit, head: User | None, deputy: User | None, by: User) -> None:
    """Name who speaks for a unit; whoever spoke before does not any more. Raises Refused."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    allow(rules.can_set_up_people(by), WHO)
    if head and head == deputy:
        raise Refused("Head and deputy are the same person. Choose another deputy, or none.")
    for role, person in ((Post.Role.HEAD, head), (Post.Role.DEPUTY, deputy)):
        _replace(unit, role, person, by)


def end_all_posts(person: User, today: date) -> int:
    """End every running and coming post of a person who leaves; returns how many."""
    posts = [post for post in person.posts.all() if post.until_date is None or post.until_date >= today]
    for post in posts:
        _end(post, today)
    person.forget_posts()
    return len(posts)


def _replace(unit: Unit, role: str, person: User | None, by: User) -> None:
    running = list(Post.objects.current().filter(unit=unit, role=role).select_related("person", "unit"))
    for post in running:
        if post.person != person:
            _end(post, clock.today())
            record("end post", unit, f"ended the post of {post.person} as {_of(post)}", by=by, role=role)
    if person and all(post.person != person for post in running):
        refuse_if(rules.blockers_to_give_post(person, unit, role))
        _given(person, unit, role, by, clock.today() if running else None, None)


def _given(person, unit, role, by, from_date, until_date) -> Post:
    post = Post.objects.create(
        person=person, unit=unit, role=role, from_date=from_date, until_date=until_date
    )
    person.forget_posts()
    record(
        "give post", unit, f"made {person} {_of(post)}",
        by=by, integrity=role in rules.POWERS, role=role, person=person.pk,
    )  # fmt: skip
    return post


def _of(post: Post) -> str:
    return f"{post.get_role_display().lower()} of {post.unit}"


def _end(post: Post, today: date) -> None:
    """Yesterday is the last day; a post that began today or later never was."""
    yesterday = today - timedelta(days=1)
    if post.from_date and post.from_date > yesterday:
        post.delete()
    else:
        post.until_date = yesterday
        post.save(update_fields=["until_date"])
