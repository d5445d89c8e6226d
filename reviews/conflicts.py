"""Nobody judges their own: who stands too near to which proposal. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Value

from people.models import Delegation, Post, User
from proposals.models import Proposal, Sponsorship

DELEGATE = "delegate"


@dataclass
class Standing:
    """Where one person works today, posts and delegations included."""

    person_id: int
    unit_ids: set[int] = field(default_factory=set)
    is_superintendent: bool = False

    @classmethod
    def of(cls, user: User) -> "Standing":
        """Of somebody whose posts are read already, such as the signed-in person."""
        lent = {unit_id for unit_id, _ in user.delegated_acts}
        return cls(user.pk, user.near_unit_ids | lent, user.holds(Post.Role.SUPERINTENDENT))


def standings_of(homes: Mapping[int, int | None]) -> dict[int, Standing]:
    """Standing of each person, given their home units by key; one query for all of them."""
    found = {pk: Standing(pk, {unit_id} if unit_id else set()) for pk, unit_id in homes.items()}
    posts = Post.objects.current().values_list("person_id", "unit_id", "role")
    lent = (
        Delegation.objects.current()
        .annotate(role=Value(DELEGATE))
        .values_list("person_id", "unit_id", "role")
    )
    for person_id, unit_id, role in posts.order_by().union(lent.order_by()):
        if person_id in found:
            found[person_id].unit_ids.add(unit_id)
            found[person_id].is_superintendent |= role == Post.Role.SUPERINTENDENT
    return found


def reason_of(standing: Standing, sponsorships: Iterable[Sponsorship]) -> str:
    """Why this person may not judge a proposal with these sponsors; '' when they may."""
    for sponsorship in sponsorships:
        unit = sponsorship.unit
        if unit.pk in standing.unit_ids:
            return f"You work for {unit.name}, which sponsors this proposal."
        if unit.cabinet_member_id == standing.person_id and not standing.is_superintendent:
            return f"You answer in the cabinet for {unit.name}, which sponsors this proposal."
    return ""


def conflict_of(user: User, proposal: Proposal) -> str:
    """Why this person may not judge this proposal, as a sentence; '' when they may."""
    return reason_of(Standing.of(user), proposal.standing_sponsorships)


def conflicts_among(people: Iterable[User], proposals: Iterable[Proposal]) -> set[tuple[int, int]]:
    """(person, proposal) keys of every conflict; two queries for any number of both."""
    standings = standings_of({person.pk: person.unit_id for person in people})
    sponsors = sponsors_by_proposal([proposal.pk for proposal in proposals])
    return {
        (person_id, proposal_id)
        for proposal_id, rows in sponsors.items()
        for person_id, standing in standings.items()
        if reason_of(standing, rows)
    }


def sponsors_by_proposal(proposal_ids: Iterable[int]) -> dict[int, list[Sponsorship]]:
    """Standing sponsors with their units, lead first; one query."""
    found: dict[int, list[Sponsorship]] = {}
    rows = Sponsorship.objects.standing().filter(proposal__in=proposal_ids).select_related("unit")
    for row in rows.order_by("-is_lead", "pk"):
        found.setdefault(row.proposal_id, []).append(row)
    return found
