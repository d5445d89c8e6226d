"""What the pages of investments read, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from activity import clock
from goals.arithmetic import is_small_count
from goals.models import Measure, Observation, Season
from people.models import District

from .arithmetic import Line, line_of
from .models import Investment
from .workflow import CLOSED, SETTLED, CommitmentStatus

Status = CommitmentStatus


def investments_page(season: Season | None, number) -> Page:
    """Investments of the season and those of earlier ones that still run, by goal."""
    overdue = Q(commitments__due_on__lt=clock.today()) & ~Q(commitments__status__in=SETTLED)
    shown = Q(season=season) | ~Q(state__in=CLOSED)
    rows = (
        Investment.objects.filter(shown)
        .select_related("goal", "owner", "owner_person")
        .annotate(
            duties=Count("commitments"),
            kept=Count("commitments", filter=Q(commitments__status=Status.KEPT)),
            late=Count("commitments", filter=Q(commitments__status=Status.LATE) | overdue),
        )
        .order_by(F("goal__code").asc(nulls_last=True), "code")
    )
    return Paginator(rows, 50).get_page(number)


@dataclass(frozen=True)
class Watched:
    """A measure with its values of everybody, its values by group, and its drawing."""

    measure: Measure
    values: list[Observation]
    groups: list[Observation]
    line: Line | None

    @property
    def last(self) -> Observation:
        return self.values[-1]


def suppression_size() -> int:
    return District.objects.values_list("suppression_size", flat=True).first() or 0


def watched(investment: Investment) -> list[Watched]:
    """The measures of an investment with their values of the whole district; small groups stay hidden."""
    measures = [row.measure for row in investment.measures.select_related("measure")]
    values = defaultdict(list)
    for row in Observation.objects.filter(measure__in=measures, school=None).order_by("on", "group"):
        values[row.measure_id].append(row)
    found = []
    size = suppression_size() if values else 0
    for measure in measures:
        of_all = [row for row in values[measure.pk] if row.group == "All"]
        drawn = line_of([(row.on, row.value) for row in of_all], measure.baseline, measure.target)
        groups = [row for row in values[measure.pk] if row.group != "All"]
        for row in groups:
            if is_small_count(row.value, measure.unit_of_values, size):
                row.hidden_below = size
        found.append(Watched(measure, of_all, groups, drawn))
    return found
