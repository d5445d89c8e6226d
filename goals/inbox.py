"""Who is awaited for goals and for the rules of the season."""

from collections.abc import Iterable

from django.db.models import Subquery
from django.urls import reverse

from activity.awaited import Awaited
from people.models import Post

from .models import Goal, Season, Stage

Kind = Stage.Kind


def awaited(people: Iterable | None = None) -> list[Awaited]:
    """Rules to adopt, and drafts of goals to complete before the stage of goals closes."""
    people = None if people is None else list(people)
    keys = None if people is None else {person.pk for person in people}
    if people is not None and len(people) == 1:  # the signed-in person's posts are read already
        adopts = people[0].holds(Post.Role.SUPERINTENDENT)
        owners = {post.unit_id for post in people[0].posts_now if post.role == Post.Role.HEAD}
    else:
        adopts, owners = True, None
    return [*(_adoption(keys) if adopts else ()), *_drafts(keys, owners)]


def _adoption(keys: set | None) -> list[Awaited]:
    season = Season.objects.current()
    if season is None or season.adopted_at or season.workbook_digest or not season.all_stages:
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


def _drafts(keys: set | None, owners: set | None) -> list[Awaited]:
    """Nobody is awaited before the stage of goals opens, nor once the slate is built."""
    newest = Season.objects.order_by("-fiscal_year_starts").values("pk")[:1]
    rows = Goal.objects.filter(published_on=None, season=Subquery(newest)).select_related("season")
    drafts: dict[int, list[Goal]] = {}
    for goal in rows if owners is None else rows.filter(owner__in=owners):
        drafts.setdefault(goal.owner_id, []).append(goal)
    season = next((goal.season for goals in drafts.values() for goal in goals), None)
    if season is None or not season.has_reached(Kind.GOALS) or season.has_reached(Kind.SLATE):
        return []
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
