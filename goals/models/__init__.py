"""The season, what it aims at and how that is measured."""

from .goal import Goal, ListeningNote, Problem, RootCause
from .measure import Measure, Milestone, Observation
from .season import Agreement, DecisionRight, Principle, Season, Stage

__all__ = [
    "Agreement",
    "DecisionRight",
    "Goal",
    "ListeningNote",
    "Measure",
    "Milestone",
    "Observation",
    "Principle",
    "Problem",
    "RootCause",
    "Season",
    "Stage",
]
