"""What the season's proposals ask of each school by month, beside what the school can give."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from goals.models import SchoolLimit, Season
from people.models import Unit
from proposals.reading import Load, hours_asked


@dataclass(frozen=True)
class SchoolLoad:
    """One school: its limit, if stated, and what is asked of it in each month shown."""

    school: Unit
    limit: SchoolLimit | None
    months: list[Load]

    @property
    def is_over(self) -> bool:
        return any(cell.over for cell in self.months)


@dataclass(frozen=True)
class Loads:
    """All schools of the season, in the months in which anything is asked of any of them."""

    months: list[date]
    schools: list[SchoolLoad]

    @property
    def most(self) -> int:
        return max((cell.load for row in self.schools for cell in row.months), default=0)

    @property
    def n_over(self) -> int:
        return sum(row.is_over for row in self.schools)

    @property
    def n_unstated(self) -> int:
        return sum(row.limit is None for row in self.schools)


def loads_of(season: Season, first: Collection[int] = ()) -> Loads:
    """Every school with its load, those of the reader first; four queries."""
    asked = hours_asked(season.pk)
    months = sorted({month for _school, month in asked})
    limits = {row.school_id: row for row in season.school_limits.select_related("stated_by")}
    rows, schools = [], Unit.objects.schools().select_related("parent")
    for school in sorted(schools, key=lambda s: (s.pk not in first, s.shelf, s.name)):
        limit = limits.get(school.pk)
        most = limit.hours if limit else None
        hours = [asked.get((school.code, month), 0) for month in months]
        rows.append(SchoolLoad(school, limit, [Load(n, n, most) for n in hours]))
    return Loads([date.fromisoformat(month) for month in months], rows)
