"""Decisions and the slate that they stand on, out of a workbook."""

from .checks import check
from .rows import ROWS, DecisionLineRow, DecisionRow
from .writing import statuses, write

__all__ = ["ROWS", "DecisionLineRow", "DecisionRow", "check", "statuses", "write"]
