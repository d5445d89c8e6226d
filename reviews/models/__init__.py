"""What the others say of a proposal: answers to asks, feedback, ratings."""

from .answer import Condition, Endorsement, asks_with_answers
from .feedback import Feedback
from .rating import Assignment, Criterion, Rating, Rubric

__all__ = [
    "Assignment",
    "Condition",
    "Criterion",
    "Endorsement",
    "Feedback",
    "Rating",
    "Rubric",
    "asks_with_answers",
]
