"""What is done with the season, its rules, and its goals."""

from .causes import add_cause, add_note, change_cause, remove_cause
from .goals import add_goal, change_goal, publish_goal, remove_goal, unpublish_goal
from .measures import add_measure, change_measure, remove_measure
from .problems import add_problem, change_problem
from .rules_of_season import (
    add_decision_right,
    add_principle,
    change_decision_right,
    change_principle,
    remove_decision_right,
    remove_principle,
    set_agreement,
    use_usual_decision_rights,
)
from .schools import limit_schools
from .season import adopt_season, change_season, create_season
from .stages import add_stage, change_stage, lay_out_usual_stages, remove_stage

__all__ = [
    "add_cause",
    "add_decision_right",
    "add_goal",
    "add_measure",
    "add_note",
    "add_principle",
    "add_problem",
    "add_stage",
    "adopt_season",
    "change_cause",
    "change_decision_right",
    "change_goal",
    "change_measure",
    "change_principle",
    "change_problem",
    "change_season",
    "change_stage",
    "create_season",
    "lay_out_usual_stages",
    "limit_schools",
    "publish_goal",
    "remove_cause",
    "remove_decision_right",
    "remove_goal",
    "remove_measure",
    "remove_principle",
    "remove_stage",
    "set_agreement",
    "unpublish_goal",
    "use_usual_decision_rights",
]
