"""Who is awaited on this floor: superintendent and CFO, for building, approving and releasing."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from activity import clock
from activity.awaited import Awaited
from goals.models import Season, Stage
from people.models import Post, User
from people.rules import DECIDERS
from proposals.models import Proposal
from proposals.workflow import Status

from . import rules
from .models import Approval, Slate
from .sheet import Sheet
from .workflow import BINDING, SlateStatus

Key = Approval.Key
HOLDERS = {Key.CFO: Post.Role.CFO, Key.SUPERINTENDENT: Post.Role.SUPERINTENDENT}


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Deciders, or those of these people who are; nobody else learns that a slate exists."""
    holders = _deciders(people)
    if not any(holders.values()):
        return
    everybody = {person.pk: person for people in holders.values() for person in people}.values()
    for slate in (
        Slate.objects.filter(status__in=BINDING).exclude(status=SlateStatus.RELEASED).select_related("season")
    ):
        yield from _keys(slate, holders) if slate.status == SlateStatus.FROZEN else _release(slate, everybody)
    for season in _seasons_to_build():
        if season.is_open(Stage.Kind.SLATE, Stage.Kind.DECISION):
            for person in everybody:
                sentence = f"Build the slate of {season} and decide on every proposal, then freeze it"
                yield Awaited.of(
                    person,
                    f"season:{season.pk}:slate",
                    sentence,
                    reverse("slates"),
                    season.decision_meeting_on,
                )


def _deciders(people: Iterable[User] | None) -> dict[str, list[User]]:
    people = None if people is None else list(people)
    if people is not None and len(people) == 1:  # the signed-in person's posts are read already
        return {role: [person for person in people if person.holds(role)] for role in DECIDERS}
    posts = Post.objects.current().filter(role__in=DECIDERS, person__is_active=True).select_related("person")
    if people is not None:
        posts = posts.filter(person__in=[person.pk for person in people])
    holders: dict[str, list[User]] = {role: [] for role in DECIDERS}
    for post in posts.order_by("pk"):
        if post.person not in holders[post.role]:
            holders[post.role].append(post.person)
    return holders


def _keys(slate: Slate, holders: dict[str, list[User]]) -> Iterator[Awaited]:
    """At most one slate of a season is frozen, so this asks twice for the whole district."""
    verbs = {Key.CFO: "Approve", Key.SUPERINTENDENT: "Concur with"}
    for key in sorted(rules.needed_keys(slate) - set(Sheet(slate).turned)):
        for person in holders[HOLDERS[Key(key)]]:
            yield Awaited.of(
                person,
                f"slate:{slate.pk}:{key}:{slate.fingerprint[:12]}",
                f"{verbs[Key(key)]} the slate “{slate.name}”",
                reverse("slate_approve", args=[slate.pk]),
                slate.season.decision_meeting_on,
            )


def _release(slate: Slate, people: Iterable[User]) -> Iterator[Awaited]:
    for person in people:
        yield Awaited.of(
            person,
            f"slate:{slate.pk}:release:{slate.fingerprint[:12]}",
            f"Release all decisions of the slate “{slate.name}”",
            reverse("slate_release", args=[slate.pk]),
            slate.season.decisions_published_on,
        )


def _seasons_to_build() -> list[Season]:
    """Seasons with something vetted and no slate that binds."""
    vetted = Proposal.objects.filter(season=OuterRef("pk"), status=Status.VETTED)
    binding = Slate.objects.filter(season=OuterRef("pk"), status__in=BINDING)
    seasons = Season.objects.filter(Exists(vetted), ~Exists(binding)).prefetch_related("stages")
    return list(seasons.filter(fiscal_year_ends__gte=clock.today()))
