"""Running and new investments, commitments, updates, tests, lessons and integrity events of a workbook."""

from .checks import check
from .events import write_events
from .rows import ROWS, CommitmentRow, CycleRow, EventRow, InvestmentRow, LessonRow, UpdateRow
from .writing import write

__all__ = [
    "ROWS",
    "CommitmentRow",
    "CycleRow",
    "EventRow",
    "InvestmentRow",
    "LessonRow",
    "UpdateRow",
    "check",
    "write",
    "write_events",
]
