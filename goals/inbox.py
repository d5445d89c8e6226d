"""Who is awaited for goals and for the rules of the season."""

from collections.abc import Iterable

from django.urls import reverse

from activity.awaited import Awaited
from people.models import Post

from .models import Goal, Season, Stage

Kind = Stage.Kind
AWAITED = (Post.Role.SUPERINTENDENT, Post.Role.HEAD)


def awaited(people: Iterable | None = None) -> list[Awaited]:
    """Rules to adopt, and drafts of goals to complete before the stage of goals closes."""
    people = None if people is None else list(people)
    if people is not None and len(people) == 1 and not people[0].holds(*AWAITED):
        return []  # the signed-in person's posts are read already
    season = Season.objects.current()
    if season is None:
        return []
    keys = None if people is None else {person.pk for person in people}
    return [*_adoption(season, keys), *_drafts(season, keys)]


def _adoption(season: Season, keys: set | None) -> list[Awaited]:
    if season.adopted_at or season.workbook_digest or not season.all_stages:
        return []
    return [
        Awaited.of(
            post.person,
            f"season:{season.pk}:adopt",
            f"Adopt the rules of season {season}",
            reverse("season"),
            _last_day(season, Kind.SETUP),
        )
        for post in _holding(keys).filter(role=Post.Role.SUPERINTENDENT)
    ]


def _drafts(season: Season, keys: set | None) -> list[Awaited]:
    """Nobody is awaited before the stage of goals opens, nor once the slate is built."""
    if not season.has_reached(Kind.GOALS) or season.has_reached(Kind.SLATE):
        return []
    drafts: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(season=season, published_on=None):
        drafts.setdefault(goal.owner_id, []).append(goal)
    heads = _holding(keys).filter(role=Post.Role.HEAD, unit_id__in=drafts)
    return [
        Awaited.of(
            post.person,
            f"goal:{goal.pk}:draft",
            f"Complete goal {goal.code} “{goal.title}” so that the cabinet can publish it",
            reverse("goal", args=[goal.pk]),
            _last_day(season, Kind.GOALS),
        )
        for post in heads
        for goal in drafts[post.unit_id]
    ]


def _holding(keys: set | None):
    posts = Post.objects.current().filter(person__is_active=True).select_related("person")
    return posts if keys is None else posts.filter(person_id__in=keys)


def _last_day(season: Season, kind: str):
    return max((stage.closes for stage in season.all_stages if stage.kind == kind), default=None)
