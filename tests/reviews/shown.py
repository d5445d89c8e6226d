"""What a page shows, and further rows for pages that count."""

import re

from activity import clock
from proposals.actions.baton import freeze_version
from proposals.models import Ask, AskTerms, Proposal, Sponsorship
from reviews.models import Assignment, Feedback, Rating


def text_of(response) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def field(response, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())[1]


def more_proposals(season, people, units, count: int) -> None:
    """Further submitted proposals with an ask, an assignment of the CFO and a rating."""
    now = clock.now()
    for number in range(20, 20 + count):
        made = Proposal.objects.create(
            season=season, code=f"P-{number}", title=f"No {number}", created_at=now, status="submitted",
            submitted_at=now, submitted_by=people.lead_head,
        )  # fmt: skip
        Sponsorship.objects.create(
            proposal=made, unit=units["TL"], is_lead=True, accepted_at=now, accepted_by=people.lead_head
        )
        ask = Ask.objects.create(
            proposal=made, code=f"A-{number}", asked_unit=units["TRN"], what="x", created_at=now
        )
        AskTerms.objects.create(
            ask=ask, number=1, sponsors="TL", sent_at=now, sent_by=people.lead_head, what="x"
        )
        version = freeze_version(proposal=made, kind="submission", by=people.lead_head)
        Assignment.objects.create(
            proposal=made, reviewer=people.cfo, assigned_at=now, assigned_by=people.steward
        )
        Feedback.objects.create(
            version=version, code=f"F-{number}", kind="question", written_by=people.cfo,
            unit=units["FIN"], text="?", written_at=now,
        )  # fmt: skip
        for criterion in season.rubric.criteria.all():
            Rating.objects.create(
                version=version, criterion=criterion, reviewer=people.cfo, value=3, rated_at=now
            )
