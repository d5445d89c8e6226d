"""Decisions as everybody reads them: released ones for all, pending ones for deciders only."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from activity.composed import composed_once
from goals.models import Season
from people.models import User
from proposals.reading import sponsors_of
from reviews.credits import agreed_conditions, credited, wording_taken_over
from reviews.models import Endorsement

from .models import Decision, SlateLine
from .models.decision import Joined
from .workflow import BINDING

COLUMNS = (
    "version__proposal__pk", "version__proposal__code", "version__proposal__title", "outcome", "reason",
    "override_reason", "review_year", "published_at", "cents", "fte", "decliners", "wording",
    "conditions", "served", "strained",
)  # fmt: skip


class Published(NamedTuple):
    """A decision with what the list shows of it, in the order of `COLUMNS`."""

    proposal_id: int
    code: str
    title: str
    outcome: str
    reason: str
    override_reason: str
    review_year: int | None
    published_at: datetime | None
    cents: int | None
    fte: Decimal | None
    decliners: str | None
    wording: str | None
    conditions: str | None
    served: list[int]
    strained: list[int]

    @property
    def shaped_by(self) -> list[str]:
        """Units whose wording was taken over, or whose conditions were agreed."""
        return credited(*({*(names or "").split("; ")} - {""} for names in (self.wording, self.conditions)))


def decisions_for(rows: QuerySet, user: User, season: Season | None) -> QuerySet:
    """The one door to decisions: what is released, and for deciders the slate that binds."""
    binding = Q(slate__status__in=BINDING) | Q(published_at__isnull=False)
    return rows.visible_to(user).filter(binding, slate__season=season)


def published_page(user: User, season: Season | None, number) -> dict:
    """One page of decisions with amounts, sponsors, principles and credits; three queries for any number."""
    counted = {outcome: rest for outcome, *rest in decisions_for(_counted(), user, season)}
    counts = [(Decision.Outcome(key).label, counted[key][0]) for key in Decision.Outcome if key in counted]
    pages = Paginator(decisions_for(_listed(), user, season), 50)
    pages.count = sum(count for _, count in counts)
    page = pages.get_page(number)
    rows = [Published(*row) for row in page.object_list]
    sponsors = sponsors_of(row.proposal_id for row in rows)
    return {
        "page": page,
        "pending": sum(pending for _, pending, _ in counted.values()),
        "total": sum(cents for _, _, cents in counted.values()),
        "counts": counts,
        "rows": [(row, sponsors.get(row.proposal_id, [])) for row in rows],
    }


# What is asked of the database is the same for everybody but for the door, so it is put together once.


@composed_once
def _counted() -> QuerySet:
    """By outcome: how many, how many of them are not released yet, and their cents of the first year."""
    return (
        Decision.objects.order_by()
        .values_list("outcome")
        .annotate(
            count=Count("pk"),
            pending=Count("pk", filter=Q(published_at=None)),
            cents=Sum(_first_year("year1_cents"), default=0),
        )
    )


@composed_once
def _listed() -> QuerySet:
    """With money, posts, the units that declined an ask, and those that shaped the proposal."""
    declined = Endorsement.objects.current().filter(answer=Endorsement.Answer.DECLINED)
    asked = "terms__ask__proposal", "terms__ask__asked_unit__name"
    rows = Decision.objects.annotate(
        cents=_first_year("year1_cents"),
        fte=_first_year("fte"),
        decliners=_names(declined, *asked),
        wording=_names(wording_taken_over(), "proposal", "unit__name"),
        conditions=_names(agreed_conditions(), *asked),
    )
    return rows.values_list(*COLUMNS)


def _names(rows: QuerySet, proposal: str, unit: str) -> Subquery:
    """The units of these rows of a decision's proposal, as one text."""
    rows = rows.filter(**{proposal: OuterRef("version__proposal")}).order_by().values(proposal)
    return Subquery(rows.annotate(n=Joined(unit)).values("n"))


def _first_year(column: str) -> Subquery:
    """What is on the slate for the proposal of a decision."""
    lines = SlateLine.objects.filter(
        item__slate=OuterRef("slate"), item__proposal=OuterRef("version__proposal")
    )
    return Subquery(lines.order_by().values("item__slate").annotate(total=Sum(column)).values("total"))
