"""Decisions as everybody reads them: released ones for all, pending ones for deciders only."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, Value

from goals.models import Season
from people.models import User
from proposals.models import Sponsorship

from .models import Decision, SlateLine
from .workflow import BINDING


def decisions_for(user: User, season: Season | None):
    """The one door to decisions: what is released, and for deciders the slate that binds."""
    binding = Q(slate__status__in=BINDING) | Q(published_at__isnull=False)
    return Decision.objects.visible_to(user).filter(binding, slate__season=season)


def published_page(user: User, season: Season | None, number) -> dict:
    """One page of decisions with amounts, sponsors and principles; four queries for any number of rows."""
    rows = decisions_for(user, season)
    counts = rows.order_by().aggregate(
        **{outcome: Count("pk", filter=Q(outcome=outcome)) for outcome in Decision.Outcome.values},
        pending=Count("pk", filter=Q(published_at=None)),
    )
    pending = counts.pop("pending")
    pages = Paginator(_with_amounts(rows), 50)
    pages.count = sum(counts.values())
    page = pages.get_page(number)
    decisions = list(page.object_list)
    sponsors, principles = _sponsors(decisions), _principles(decisions)
    return {
        "page": page,
        "pending": pending,
        "counts": [(Decision.Outcome(key).label, count) for key, count in counts.items() if count],
        "rows": [(d, sponsors.get(d.version.proposal_id, []), principles.get(d.pk, {})) for d in decisions],
    }


def _with_amounts(rows):
    lines = SlateLine.objects.filter(
        item__slate=OuterRef("slate"), item__proposal=OuterRef("version__proposal")
    )
    lines = lines.order_by().values("item__slate")
    return (
        rows.select_related("version__proposal")
        .defer("version__content")
        .annotate(
            cents=Subquery(lines.annotate(total=Sum("year1_cents")).values("total")),
            fte=Subquery(lines.annotate(total=Sum("fte")).values("total")),
        )
    )


def _sponsors(decisions: list[Decision]) -> dict[int, list[Sponsorship]]:
    keys = [decision.version.proposal_id for decision in decisions]
    found = defaultdict(list)
    for row in Sponsorship.objects.standing().filter(proposal__in=keys).select_related("unit"):
        found[row.proposal_id].append(row)
    return dict(found)


def _principles(decisions: list[Decision]) -> dict[int, dict[str, list[int]]]:
    """Numbers of the principles served and strained, by decision; one query."""
    keys = [decision.pk for decision in decisions]
    served, strained = (
        getattr(Decision, name).through.objects.filter(decision__in=keys).order_by().values_list(
            "decision_id", F("principle__number"), Value(name.partition("_")[2])
        )
        for name in ("principles_served", "principles_strained")
    )  # fmt: skip
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for decision_id, number, side in served.union(strained):
        found[decision_id][side].append(number)
    return {pk: {side: sorted(numbers) for side, numbers in sides.items()} for pk, sides in found.items()}
