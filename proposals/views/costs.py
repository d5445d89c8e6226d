"""Workspace: what it costs, by line and year."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.refused import refusals_as_messages, refusals_on
from funds.rates import line_rates_of
from people.access import members

from .. import money, rules
from ..actions import costs
from ..forms.began import marks_in
from ..forms.money import CostLineForm
from .workspace import frame, whole

GONE = (
    "Somebody removed line {} while you were writing. What you typed is kept below: add it as a new line, "
    "or leave the page."
)


@members
def proposal_costs(request, pk):
    """All lines with their totals, and a form for one more."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    form = CostLineForm(request.POST or None, season=proposal.season, initial=_usual(request.user))
    if request.method == "POST" and form.is_to_save():
        with refusals_on(form):
            line = costs.add_cost_line(proposal=proposal, values=form.values, by=request.user)
            messages.success(request, f"Line {line.number} is added.")
            return redirect(_at(line))
    return _all_lines(request, proposal, form)


def _all_lines(request, proposal, form):
    context = whole(request, proposal, "proposal_costs")
    lines = money.noted_lines(proposal, context["content"])
    context |= money.money_of(context["content"], proposal.season) | _answers(proposal, form)
    context |= {"form": form, "noted_lines": lines, "noted": [line for line in lines if line["notes"]]}
    return render(request, "proposals/costs.html", context)


@members
def cost_line(request, pk, number):
    """Change one line; what was typed while others removed it is kept, to be added again."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    try:
        return _one_line(request, proposal, number)
    except Http404:
        if request.method != "POST":
            raise
    form = CostLineForm(request.POST, season=proposal.season)
    form.add_error(None, GONE.format(number))
    return _all_lines(request, proposal, form)


def _one_line(request, proposal, number):
    line = rules.cost_line_of(proposal, number, request.POST.get("line"))
    form = CostLineForm(request.POST or None, instance=line, season=proposal.season)
    if request.method == "POST" and form.is_to_save():
        with refusals_on(form):
            saved = costs.change_cost_line(line=line, values=form.values, by=request.user, began=form.began)
            said = money.later_years_said(proposal.season, line, saved, form.values)
            messages.success(request, f"Line {line.number} is saved.{said}")
            return redirect(_at(line))
    if form.is_bound and not form.looks:
        form.catch_up(model_to_dict(rules.cost_line_of(proposal, number, str(line.pk))))
    context = frame(request, proposal, "proposal_costs") | _answers(proposal, form, line)
    return render(request, "proposals/cost_line.html", context | {"form": form, "line": line})


@members
def cost_line_remove(request, pk, number):
    proposal = rules.editable_proposal_for(request.user, pk, acting=True)
    if request.method == "POST":
        try:
            line = rules.cost_line_of(proposal, number, request.POST.get("line"))
        except Http404:
            messages.info(request, f"Somebody else removed line {number} a moment ago.")
            return redirect("proposal_costs", pk)
        with refusals_as_messages(request):
            began = marks_in(request.POST.get("began", ""))
            costs.remove_cost_line(line=line, by=request.user, began=began)
            messages.success(request, f"Line {number} is removed.")
    return redirect("proposal_costs", pk)


def _answers(proposal, form, line=None) -> dict:
    """What the typed or the stored line makes: the parts of a post year by year, and rules it breaks."""
    if line is None and not form.looks:
        return {}
    values = form.cleaned_data if form.looks else {f: getattr(line, f) for f in costs.LABELS}
    rates = line_rates_of(proposal.season.name)
    post = values.get("position"), values.get("fte"), rates
    return {
        "post_years": money.post_years(proposal.season, *post, is_recurring=bool(values.get("is_recurring"))),
        "rates": rates,
        "notes": money.notes_on(proposal, values),
    }


def _at(line) -> str:
    return f"{reverse('proposal_costs', args=[line.proposal_id])}#line-{line.number}"


def _usual(user) -> dict:
    return {"unit": user.unit_id}
