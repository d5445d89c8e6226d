"""Who speaks for which unit today, who may answer for it, who holds a district-wide role. Reads only."""

from collections.abc import Iterable

from django.db.models import Q

from people.models import Delegation, Post, User
from proposals.models import Sponsorship

from .rules import SPEAKERS

Role = Post.Role
ROLES = (*SPEAKERS, Role.SUPERINTENDENT, Role.STEWARD)


class Voices:
    """Of everybody, or of these people alone; by unit, then by the person's key."""

    def __init__(self, people: list[User] | None):
        self.speakers: dict[int, dict[int, User]] = {}
        self.answerers: dict[int, dict[int, User]] = {}
        self.in_place_of: dict[tuple[int, int], User] = {}  # who lent it, by unit and the delegate's key
        self.units: dict[int, set[int | None]] = {}  # where each of them works, by the person's key
        self.superintendents: dict[int, User] = {}
        self.stewards: dict[int, User] = {}
        self.of_one = people[0] if people is not None and len(people) == 1 else None
        if self.of_one:
            self._of_one(self.of_one)
        else:
            self._of_many(people)

    def _of_one(self, person: User) -> None:
        """The signed-in person's posts are read already."""
        for post in person.posts_now:
            self._take(person, post.unit_id, post.role)
        for (_, act), row in person.delegated_acts.items():
            if act == Delegation.Act.ANSWER_ASKS:
                self._lend(person, row)

    def _of_many(self, people: Iterable[User] | None) -> None:
        # Of those who may answer every post counts: nobody answers what their own unit asks.
        speaking = Post.objects.current().filter(role__in=SPEAKERS).order_by().values("person")
        lending = Delegation.objects.current().order_by().values("person")
        posts = Post.objects.current().filter(
            Q(role__in=ROLES) | Q(person__in=speaking) | Q(person__in=lending), person__is_active=True
        )
        lent = Delegation.objects.current().filter(person__is_active=True, act=Delegation.Act.ANSWER_ASKS)
        if people is not None:
            keys = [person.pk for person in people]
            posts, lent = posts.filter(person__in=keys), lent.filter(person__in=keys)
        for post in posts.select_related("person").order_by("pk"):
            self._take(post.person, post.unit_id, post.role)
        for row in lent.select_related("person", "delegated_by").order_by("until_date"):
            self._lend(row.person, row)

    def _take(self, person: User, unit_id: int, role: str) -> None:
        self.units.setdefault(person.pk, {person.unit_id}).add(unit_id)
        if role in SPEAKERS:
            self.speakers.setdefault(unit_id, {})[person.pk] = person
            self._let_answer(person, unit_id)
        elif role == Role.STEWARD:
            self.stewards[person.pk] = person
        elif role == Role.SUPERINTENDENT:
            self.superintendents[person.pk] = person

    def _lend(self, person: User, row: Delegation) -> None:
        if person.pk not in self.speakers.get(row.unit_id, {}):
            self.in_place_of[row.unit_id, person.pk] = row.delegated_by
        self._let_answer(person, row.unit_id)

    def _let_answer(self, person: User, unit_id: int) -> None:
        self.units.setdefault(person.pk, {person.unit_id})
        self.answerers.setdefault(unit_id, {})[person.pk] = person

    def of_sponsors(self, sponsorships: Iterable[Sponsorship]) -> dict[int, User]:
        """Who speaks for one of these sponsors."""
        return {
            pk: person for row in sponsorships for pk, person in self.speakers.get(row.unit_id, {}).items()
        }

    def asking(self, sponsorships: Iterable[Sponsorship]) -> dict[int, User]:
        """The same for a row that was found for these voices: with one person it is theirs."""
        return {self.of_one.pk: self.of_one} if self.of_one else self.of_sponsors(sponsorships)
