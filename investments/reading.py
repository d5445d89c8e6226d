"""What the pages of investments read, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from activity import clock
from goals.arithmetic import is_small_count
from goals.models import Measure, Observation, Season
from people.models import District

from .models import Investment
from .workflow import CLOSED, SETTLED, CommitmentStatus

Status = CommitmentStatus


def investments_page(season: Season | None, number) -> Page:
    """Investments of the season and those of earlier ones that still run, by goal."""
    overdue = Q(commitments__due_on__lt=clock.today()) & ~Q(commitments__status__in=SETTLED)
    shown = Q(season=season) | ~Q(state__in=CLOSED)
    listed = Investment.objects.filter(shown)
    rows = (
        listed.values_list(
            "pk", "code", "title", "state", "cost_cents", "cost_year", "goal_id", "goal__code", "goal__title",
            "owner__code", "owner_person__name", named=True,
        )
        .annotate(
            duties=Count("commitments"),
            kept=Count("commitments", filter=Q(commitments__status=Status.KEPT)),
            late=Count("commitments", filter=Q(commitments__status=Status.LATE) | overdue),
        )
        .order_by(F("goal__code").asc(nulls_last=True), "code")
    )  # fmt: skip
    pages = Paginator(rows, 50)
    pages.count = listed.count()  # without the sums
    return pages.get_page(number)


@dataclass(frozen=True)
class Watched:
    """A measure with its values of everybody, and its values by group."""

    measure: Measure
    values: list[Observation]
    groups: list[Observation]

    @property
    def last(self) -> Observation:
        return self.values[-1]


def suppression_size() -> int:
    return District.objects.values_list("suppression_size", flat=True).first() or 0


def watched(investment: Investment) -> list[Watched]:
    """The measures of an investment with their values of the whole district; small groups stay hidden."""
    measures = [
        row.measure
        for row in investment.measures.select_related("measure").prefetch_related("measure__milestones")
    ]
    values = defaultdict(list)
    for row in Observation.objects.filter(measure__in=measures, school=None).order_by("on", "group"):
        values[row.measure_id].append(row)
    found = []
    size = suppression_size() if values else 0
    for measure in measures:
        of_all = [row for row in values[measure.pk] if row.group == "All"]
        groups = [row for row in values[measure.pk] if row.group != "All"]
        for row in groups:
            if is_small_count(row.value, measure.unit_of_values, size):
                row.hidden_below = size
        found.append(Watched(measure, of_all, groups))
    return found
