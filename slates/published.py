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
from reviews.credits import credits_of
from reviews.models import Endorsement

from .models import Decision, SlateLine
from .models.decision import Joined
from .workflow import BINDING

COLUMNS = (
    "version__proposal__pk", "version__proposal__code", "version__proposal__title", "outcome", "reason",
    "override_reason", "review_year", "published_at", "cents", "fte", "decliners", "served",
    "strained",
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
    served: list[int]
    strained: list[int]


def decisions_for(rows: QuerySet, user: User, season: Season | None) -> QuerySet:
    """The one door to decisions: what is released, and for deciders the slate that binds."""
    binding = Q(slate__status__in=BINDING) | Q(published_at__isnull=False)
    return rows.visible_to(user).filter(binding, slate__season=season)


def published_page(user: User, season: Season | None, number) -> dict:
    """One page of decisions with amounts, sponsors, principles and credits; four queries for any number."""
    counted = {outcome: rest for outcome, *rest in decisions_for(_counted(), user, season)}
    counts = [(Decision.Outcome(key).label, counted[key][0]) for key in Decision.Outcome if key in counted]
    pages = Paginator(decisions_for(_listed(), user, season), 50)
    pages.count = sum(count for _, count in counts)
    page = pages.get_page(number)
    rows = [Published(*row) for row in page.object_list]
    keys = [row.proposal_id for row in rows]
    sponsors, credits = sponsors_of(keys), credits_of(keys)
    return {
        "page": page,
        "pending": sum(pending for _, pending, _ in counted.values()),
        "total": sum(cents for _, _, cents in counted.values()),
        "counts": counts,
        "rows": [(row, sponsors.get(row.proposal_id, []), credits.get(row.proposal_id, [])) for row in rows],
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
    """With money, posts, and the units that declined an ask."""
    declined = Endorsement.objects.current().filter(
        terms__ask__proposal=OuterRef("version__proposal"), answer=Endorsement.Answer.DECLINED
    )
    declined = declined.order_by().values("terms__ask__proposal")
    rows = Decision.objects.annotate(
        cents=_first_year("year1_cents"),
        fte=_first_year("fte"),
        decliners=Subquery(declined.annotate(n=Joined("terms__ask__asked_unit__name")).values("n")),
    )
    return rows.values_list(*COLUMNS)


def _first_year(column: str) -> Subquery:
    """What is on the slate for the proposal of a decision."""
    lines = SlateLine.objects.filter(
        item__slate=OuterRef("slate"), item__proposal=OuterRef("version__proposal")
    )
    return Subquery(lines.order_by().values("item__slate").annotate(total=Sum(column)).values("total"))
