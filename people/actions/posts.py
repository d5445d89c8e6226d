"""Who holds which role in which unit, and from when until when."""

from datetime import date, timedelta

from django.db import transaction

from activity import clock
from activity.actions import record, recorded_together
from activity.refused import Refused, allow, refuse_if

from .. import rules
from ..models import Post, Unit, User

WHO = "Only an administrator gives and ends posts."
ONLY_CFO = "Only the CFO names who builds slates."


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
    _end_all([post], clock.today())
    post.person.forget_posts()
    record("end post", post.unit, f"ended the post of {post.person} as {_of(post)}", by=by, role=post.role)


@transaction.atomic
@recorded_together()
def name_speakers(*, unit: Unit, head: User | None, deputy: User | None, by: User) -> None:
    """Name who speaks for a unit; whoever spoke before does not any more. Raises Refused."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    allow(rules.can_set_up_people(by), WHO)
    if head and head == deputy:
        raise Refused("Head and deputy are the same person. Choose another deputy, or none.")
    named = {Post.Role.HEAD: head, Post.Role.DEPUTY: deputy}
    running = Post.objects.current().filter(unit=unit, role__in=named).select_related("person", "unit")
    running = list(running)
    leaving = [post for post in running if post.person != named[Post.Role(post.role)]]
    _end_all(leaving, clock.today())
    for post in leaving:
        record("end post", unit, f"ended the post of {post.person} as {_of(post)}", by=by, role=post.role)
    stays = {(post.role, post.person_id) for post in running}
    begins = {post.role: clock.today() for post in running}
    new = [
        Post(person=person, unit=unit, role=role, from_date=begins.get(role))
        for role, person in named.items()
        if person and (role, person.pk) not in stays
    ]
    refuse_if([r for p in new for r in rules.blockers_to_give_post(p.person, unit, p.role, running=())])
    for post in Post.objects.bulk_create(new):
        _tell_given(post, by)


@transaction.atomic
def name_slate_builder(*, person: User, by: User) -> Post:
    """Let a person of Finance build slates beside the deciders, and no more. Raises Refused."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    allow(rules.is_cfo(by), ONLY_CFO)
    refuse_if(rules.blockers_to_name_builder(person))
    unit = next(post.unit for post in by.posts_now if post.role == Post.Role.CFO)
    return _given(person, unit, Post.Role.SLATE_BUILDER, by, clock.today(), None)


@transaction.atomic
def unname_slate_builder(*, person: User, by: User) -> None:
    """The person builds no slates from now on; what they built stays. Raises Refused."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    allow(rules.is_cfo(by), ONLY_CFO)
    posts = list(rules.slate_builders().filter(person=person))
    refuse_if([] if posts else [f"{person} builds no slates any more."])
    _end_all(posts, clock.today())
    for post in posts:
        record("end post", post.unit, f"ended the post of {person} as {_of(post)}", by=by, role=post.role)
    person.forget_posts()


def end_all_posts(person: User, today: date) -> int:
    """End every running and coming post of a person who leaves; returns how many."""
    posts = [post for post in person.posts.all() if post.until_date is None or post.until_date >= today]
    _end_all(posts, today)
    person.forget_posts()
    return len(posts)


def _given(person, unit, role, by, from_date, until_date) -> Post:
    post = Post.objects.create(
        person=person, unit=unit, role=role, from_date=from_date, until_date=until_date
    )
    _tell_given(post, by)
    return post


def _tell_given(post: Post, by: User) -> None:
    post.person.forget_posts()
    record(
        "give post", post.unit, f"made {post.person} {_of(post)}",
        by=by, integrity=post.role in rules.POWERS, role=post.role, person=post.person_id,
    )  # fmt: skip


def _of(post: Post) -> str:
    return f"{post.get_role_display().lower()} of {post.unit}"


def _end_all(posts: list[Post], today: date) -> None:
    """Yesterday is the last day; a post that began today or later never was."""
    yesterday = today - timedelta(days=1)
    never = [post.pk for post in posts if post.from_date and post.from_date > yesterday]
    Post.objects.filter(pk__in=never).delete()
    Post.objects.filter(pk__in={post.pk for post in posts}.difference(never)).update(until_date=yesterday)
