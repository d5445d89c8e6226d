"""Workspace: what it costs, by line and year."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import members

from .. import rules
from ..actions import costs
from ..arithmetic import fte_of, sum_of, sums_by
from ..forms.rows import CostLineForm
from .workspace import frame, whole


@members
def proposal_costs(request, pk):
    """All lines with their totals, and a form for one more."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = CostLineForm(request.POST or None, season=proposal.season, initial=_usual(request.user))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            line = costs.add_cost_line(proposal=proposal, values=form.values, by=request.user)
            messages.success(request, f"Line {line.number} is added.")
            return redirect("proposal_costs", pk)
    context = whole(request, proposal, "proposal_costs")
    context |= money_of(context["content"], proposal) | {"form": form}
    return render(request, "proposals/costs.html", context)


@members
def cost_line(request, pk, number):
    """Change one line."""
    proposal = rules.editable_proposal_for(request.user, pk)
    line = rules.cost_line_of(proposal, number)
    form = CostLineForm(request.POST or None, instance=line, season=proposal.season)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            costs.change_cost_line(line=line, values=form.values, by=request.user, began=form.began)
            messages.success(request, f"Line {line.number} is saved.")
            return redirect("proposal_costs", pk)
    if form.is_bound:
        form.catch_up(model_to_dict(rules.cost_line_of(proposal, number)))
    context = frame(request, proposal, "proposal_costs") | {"form": form, "line": line}
    return render(request, "proposals/cost_line.html", context)


@members
def cost_line_remove(request, pk, number):
    proposal = rules.editable_proposal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            line = rules.cost_line_of(proposal, number)
            costs.remove_cost_line(line=line, by=request.user)
            messages.success(request, f"Line {number} is removed.")
    return redirect("proposal_costs", pk)


def money_of(content: dict, proposal) -> dict:
    """Sums of the money table."""
    return {
        "years": proposal.season.years,
        "total": sum_of(content),
        "by_fund": sums_by(content, "fund"),
        "by_unit": sums_by(content, "unit"),
        "fte": fte_of(content),
    }


def _usual(user) -> dict:
    return {"unit": user.unit_id}
