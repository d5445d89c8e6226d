"""Pure functions of goals: the target of a measure, and a first calendar for a fiscal year."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal


def decimals_of(value: Decimal) -> int:
    """Decimals that a value is written with: 41.2 has one, 3168.000 none."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def target_of(target_type: str, baseline: Decimal, stated: Decimal) -> Decimal:
    """Resulting target. `stated` is the change (−5 percent, 3 points) or the value itself.

    Rounded half up to the decimals of the baseline, as people publish it.
    """
    if target_type == "absolute":
        return stated
    if target_type == "point":
        return baseline + stated
    exact = baseline * (1 + stated / 100)
    return exact.quantize(Decimal(1).scaleb(-decimals_of(baseline)), ROUND_HALF_UP)


def is_improvement(direction: str, baseline: Decimal, target: Decimal) -> bool:
    """Does the target lie on the better side of the baseline?"""
    return target < baseline if direction == "lower" else target > baseline


@dataclass(frozen=True)
class PlannedStage:
    """A stage of the first calendar."""

    kind: str
    name: str
    opens: date
    closes: date
    who_acts: str


# Kind, name, weeks before the fiscal year in which it begins, weeks it lasts, who acts.
# The common shape of district calendars (docs: goals in autumn, asks and vetting in January).
_USUAL_YEAR = [
    ("setup", "Rules of the season open for comment", 44, 3, "everybody"),
    ("goals", "Data review, goals set and published", 41, 6, "cabinet"),
    ("intents", "Call opens: intents and partner search", 35, 4, "departments"),
    ("drafting", "Joint drafting", 31, 3, "sponsors"),
    ("consultation", "Consultation and asks", 28, 4, "asked units, all departments, principals"),
    ("vetting", "Vetting", 24, 2, "cabinet, reviewers"),
    ("revision", "Revision", 22, 2, "sponsors"),
    ("scoring", "Scoring and costing check", 20, 2, "reviewers, finance"),
    ("slate", "Slate building", 18, 2, "superintendent, CFO"),
    ("decision", "Decision meeting; decisions published", 16, 1, "superintendent, CFO"),
    ("closed", "Board workshop, hearing and adoption", 14, 13, "board"),
]


def usual_stages(fiscal_year_starts: date) -> list[PlannedStage]:
    """Stages from Monday to Friday, counted back from the start of the fiscal year."""
    monday = fiscal_year_starts - timedelta(days=fiscal_year_starts.weekday())
    return [
        PlannedStage(
            kind=kind,
            name=name,
            opens=monday - timedelta(weeks=before),
            closes=monday - timedelta(weeks=before - lasts, days=3),
            who_acts=who,
        )
        for kind, name, before, lasts, who in _USUAL_YEAR
    ]


def is_small_count(value: Decimal, unit_of_values: str, size: int) -> bool:
    """Is this a number of students so small that it could point at one of them? Shares are no counts."""
    words = unit_of_values.lower()
    return "%" not in words and "per" not in words and 0 < value < size
