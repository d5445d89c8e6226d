"""What people type about the season and its goals."""

from .goal import CauseForm, GoalForm, MeasureForm, NoteForm, ProblemForm
from .season import (
    AgreementForm,
    DecisionRightForm,
    NewSeasonForm,
    PrincipleForm,
    ReasonForm,
    SeasonForm,
    StageForm,
)

__all__ = [
    "AgreementForm",
    "CauseForm",
    "DecisionRightForm",
    "GoalForm",
    "MeasureForm",
    "NewSeasonForm",
    "NoteForm",
    "PrincipleForm",
    "ProblemForm",
    "ReasonForm",
    "SeasonForm",
    "StageForm",
]
