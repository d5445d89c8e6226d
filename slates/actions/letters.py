"""The letter after a release: heads and deputies of the sponsors read what became of theirs."""

from collections import defaultdict

from django.conf import settings

from activity import clock
from activity.models import Mail
from people.models import Post, User
from proposals.models import Sponsorship

from ..models import Decision, Slate

SPEAKERS = (Post.Role.HEAD, Post.Role.DEPUTY)


def write_letters(slate: Slate, decisions: list[Decision]) -> None:
    """One mail for each person, in the transaction of the release; a second release writes none."""
    letters = [_letter(slate, person, own) for person, own in _by_person(decisions).items()]
    Mail.objects.bulk_create(letters, ignore_conflicts=True)


def _by_person(decisions: list[Decision]) -> dict[User, list[Decision]]:
    by_proposal = {decision.version.proposal_id: decision for decision in decisions}
    sponsors = Sponsorship.objects.standing().filter(proposal__in=by_proposal).order_by("proposal__code")
    units: dict[int, list[Decision]] = defaultdict(list)
    for unit_id, proposal_id in sponsors.values_list("unit_id", "proposal_id"):
        units[unit_id].append(by_proposal[proposal_id])
    posts = Post.objects.current().filter(role__in=SPEAKERS, person__is_active=True, unit__in=units)
    found: dict[User, dict[int, Decision]] = defaultdict(dict)
    for post in posts.select_related("person").order_by("pk"):
        found[post.person] |= {decision.pk: decision for decision in units[post.unit_id]}
    return {
        person: sorted(own.values(), key=lambda d: d.version.proposal.code) for person, own in found.items()
    }


def _letter(slate: Slate, person: User, decisions: list[Decision]) -> Mail:
    subject = f"The decisions of the {slate.season.name} season are released"
    parts = [f"Dear {person.name},", f"{subject}.", *(_item(decision) for decision in decisions)]
    parts.append(f"All decisions and their reasons: {settings.PUBLIC_URL}/decisions/")
    return Mail(
        person_key=str(person.pk), person_name=person.name, address=person.email,
        kind=Mail.Kind.RELEASE, key=f"slate:{slate.pk}", subject=subject,
        text="\n\n".join(parts) + "\n", written_at=clock.now(),
    )  # fmt: skip


def _item(decision: Decision) -> str:
    proposal = decision.version.proposal
    outcome = decision.get_outcome_display().lower()
    address = settings.PUBLIC_URL + proposal.get_absolute_url()
    return f"{proposal.code} {proposal.title} is {outcome}.\n{decision.reason}\n{address}"
