"""The season, what it aims at and how that is measured."""

from .goal import Goal, ListeningNote, Problem, RootCause
from .measure import Measure, Milestone, Observation
from .school import SchoolLimit
from .season import Agreement, DecisionRight, Principle, Season, Stage, season_over, stage_open

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
    "SchoolLimit",
    "Season",
    "Stage",
    "season_over",
    "stage_open",
]
