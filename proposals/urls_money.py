"""Addresses of what a proposal costs, in its sizes and over time, and of the day the sponsors agree on."""

from django.urls import path

from .views import costs, plan, sheet

PLAN = "proposals/<int:pk>/plan/"

urlpatterns = [
    path("proposals/<int:pk>/costs/", costs.proposal_costs, name="proposal_costs"),
    path("proposals/<int:pk>/costs/<int:number>/", costs.cost_line, name="cost_line"),
    path("proposals/<int:pk>/costs/<int:number>/remove/", costs.cost_line_remove, name="cost_line_remove"),
    path("proposals/<int:pk>/costs/sheet/", sheet.costs_sheet, name="costs_sheet"),
    path("proposals/<int:pk>/costs/sheet/export/", sheet.costs_export, name="costs_export"),
    path("proposals/<int:pk>/costs/sheet/apply/", sheet.costs_apply, name="costs_apply"),
    path(PLAN, plan.proposal_plan, name="proposal_plan"),
    path(f"{PLAN}<slug:kind>/", plan.scale_edit, name="scale_edit"),
    path(f"{PLAN}<slug:kind>/remove/", plan.scale_remove, name="scale_remove"),
    path("proposals/<int:pk>/milestones/<int:milestone>/", plan.milestone_edit, name="milestone_edit"),
    path(
        "proposals/<int:pk>/milestones/<int:milestone>/remove/", plan.milestone_remove,
        name="milestone_remove",
    ),
    path("proposals/<int:pk>/agreed/", plan.agreed_day, name="agreed_day"),
    path("proposals/<int:pk>/reopen/", plan.reopen, name="proposal_reopen"),
]  # fmt: skip
