"""Addresses of goals."""

from django.urls import path

from .views import goals, measures, setup_rules, setup_season

urlpatterns = [
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.goal_new, name="goal_new"),
    path("goals/<int:pk>/edit/", goals.goal_edit, name="goal_edit"),
    path("goals/<int:pk>/publish/", goals.goal_publish, name="goal_publish"),
    path("goals/<int:pk>/unpublish/", goals.goal_unpublish, name="goal_unpublish"),
    path("goals/<int:pk>/remove/", goals.goal_remove, name="goal_remove"),
    path("goals/<int:pk>/measures/new/", measures.measure_new, name="measure_new"),
    path("goals/<int:pk>/causes/new/", measures.cause_new, name="cause_new"),
    path("goals/notes/new/", measures.note_new, name="note_new"),
    path("goals/problems/new/", goals.problem_new, name="problem_new"),
    path("goals/problems/<int:pk>/", goals.problem, name="problem"),
    path("goals/problems/<int:pk>/edit/", goals.problem_edit, name="problem_edit"),
    path("goals/measures/<int:pk>/", measures.measure, name="measure"),
    path("goals/measures/<int:pk>/remove/", measures.measure_remove, name="measure_remove"),
    path("goals/causes/<int:pk>/", measures.cause, name="cause"),
    path("goals/causes/<int:pk>/remove/", measures.cause_remove, name="cause_remove"),
    path("setup/season/", setup_season.season, name="setup_season"),
    path("setup/season/new/", setup_season.season_new, name="setup_season_new"),
    path("setup/stages/", setup_season.stages, name="setup_stages"),
    path("setup/stages/usual/", setup_season.stages_usual, name="setup_stages_usual"),
    path("setup/stages/new/", setup_season.stage_new, name="setup_stage_new"),
    path("setup/stages/<int:pk>/", setup_season.stage, name="setup_stage"),
    path("setup/stages/<int:pk>/remove/", setup_season.stage_remove, name="setup_stage_remove"),
    path("setup/agreement/", setup_season.agreement, name="setup_agreement"),
    path("setup/principles/", setup_rules.principles, name="setup_principles"),
    path("setup/principles/new/", setup_rules.principle_new, name="setup_principle_new"),
    path("setup/principles/<int:pk>/", setup_rules.principle, name="setup_principle"),
    path("setup/principles/<int:pk>/remove/", setup_rules.principle_remove, name="setup_principle_remove"),
    path("setup/decision-rights/", setup_rules.decision_rights, name="setup_decision_rights"),
    path(
        "setup/decision-rights/usual/", setup_rules.decision_rights_usual, name="setup_decision_rights_usual"
    ),
    path("setup/decision-rights/new/", setup_rules.decision_right_new, name="setup_decision_right_new"),
    path("setup/decision-rights/<int:pk>/", setup_rules.decision_right, name="setup_decision_right"),
    path(
        "setup/decision-rights/<int:pk>/remove/",
        setup_rules.decision_right_remove,
        name="setup_decision_right_remove",
    ),
]
