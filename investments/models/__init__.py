"""What is funded and under way: duties, measures, reports, tests and lessons."""

from .investment import Commitment, Investment
from .progress import InvestmentMeasure, Lesson, TestCycle, Update

__all__ = ["Commitment", "Investment", "InvestmentMeasure", "Lesson", "TestCycle", "Update"]
