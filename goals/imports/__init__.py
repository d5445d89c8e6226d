"""The season, its rules, goals and measures out of a workbook."""

from .checks import check
from .rows import (
    ROWS,
    CauseRow,
    GoalRow,
    ListeningRow,
    MeasureRow,
    ObservationRow,
    PrincipleRow,
    ProblemRow,
    RightRow,
    SeasonRow,
    StageRow,
)
from .writing import write, write_observations

__all__ = [
    "ROWS",
    "CauseRow",
    "GoalRow",
    "ListeningRow",
    "MeasureRow",
    "ObservationRow",
    "PrincipleRow",
    "ProblemRow",
    "RightRow",
    "SeasonRow",
    "StageRow",
    "check",
    "write",
    "write_observations",
]
