"""Rubric, answers to asks, feedback and ratings out of a workbook."""

from .checks import check
from .rows import ROWS, CriterionRow, FeedbackRow, RatingRow
from .scoring import Published, published_scores
from .writing import write

__all__ = [
    "ROWS",
    "CriterionRow",
    "FeedbackRow",
    "Published",
    "RatingRow",
    "check",
    "published_scores",
    "write",
]
