"""Rows for the lists that a season under review does not have yet, so that no empty page is measured."""

from datetime import timedelta

from django.db import transaction

from activity import clock
from activity.models import Mail
from goals.models import Season
from investments.models import Investment
from people.models import Unit, User
from proposals.models import Intent, ProposalVersion
from slates.models import Decision, Slate
from slates.workflow import SlateStatus

MANY = 60  # more than one page
WORDS = "The units plan the work together and say what each of them brings."


@transaction.atomic
def fill(season: Season, reader: User) -> None:
    """Intents, slates, decisions, investments and the reader's mails; written once."""
    if Intent.objects.filter(season=season).exists():
        return
    now, unit, goal = clock.now(), reader.unit, season.goals.first()
    units = list(Unit.objects.filter(kind=Unit.Kind.DEPARTMENT))
    numbers = range(1, MANY + 1)
    Intent.objects.bulk_create(
        Intent(season=season, title=f"Intent {n}", idea=WORDS, looking_for=WORDS, unit=units[n % len(units)],
               problem=goal.problem, posted_at=now, posted_by=reader)
        for n in numbers
    )  # fmt: skip
    Mail.objects.bulk_create(
        Mail(person_key=str(reader.pk), person_name=reader.name, address=reader.email, key=str(n),
             kind=Mail.Kind.DIGEST, subject=f"Digest {n}", text=WORDS, written_at=now, sent_at=now)
        for n in numbers
    )  # fmt: skip
    slates = Slate.objects.bulk_create(
        Slate(season=season, name=f"Slate {n}", note=WORDS, created_at=now, created_by=reader)
        for n in numbers
    )
    Slate.objects.filter(pk=slates[0].pk).update(
        status=SlateStatus.RELEASED, frozen_at=now, frozen_by=reader, released_at=now, released_by=reader
    )
    versions = ProposalVersion.objects.filter(proposal__season=season, proposal__status="vetted")
    Decision.objects.bulk_create(
        Decision(slate=slates[0], version=version, outcome=Decision.Outcome.FUNDED, reason=WORDS,
                 decided_at=now, published_at=now)
        for version in versions[:MANY]
    )  # fmt: skip
    today = clock.today()
    Investment.objects.bulk_create(
        Investment(season=season, code=f"I-{n:03d}", title=f"Investment {n}", owner=unit,
                   owner_person=reader, goal=goal, cost_cents=1_000_000 + n, cost_year=season.name,
                   starts_on=today, ends_on=today + timedelta(365))
        for n in numbers
    )  # fmt: skip
