"""The letter after a release: heads and deputies of the sponsors read what became of theirs."""

from collections import defaultdict

from django.conf import settings

from activity import clock
from activity.models import Mail
from people.models import User

from ..models import Decision, Slate
from ..sheet import Sheet


def write_letters(sheet: Sheet) -> None:
    """One mail for each person, in the transaction of the release; a second release writes none."""
    letters = [_letter(sheet.slate, person, own) for person, own in _by_person(sheet).items()]
    Mail.objects.bulk_create(letters, ignore_conflicts=True)


def _by_person(sheet: Sheet) -> dict[User, list[Decision]]:
    units: dict[int, list[Decision]] = defaultdict(list)
    for proposal_id, decision in sheet.decisions.items():
        for sponsorship in sheet.sponsors[proposal_id]:
            units[sponsorship.unit_id].append(decision)
    found: dict[User, dict[int, Decision]] = defaultdict(dict)
    for post in sheet.speakers:
        if post.unit_id in units:
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
