"""Workspace: the hours asked of schools, beside what all proposals ask of them and what they can give."""

import json
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.refused import refusals_on
from goals.rules.schools import limits_of
from people.access import members

from .. import rules
from ..actions import schools
from ..forms.began import marks_in
from ..forms.rows import DemandForm
from ..models import SchoolDemand
from ..reading import Load, hours_of_others, notes_on_hours
from .workspace import whole


@members
def proposal_schools(request, pk):
    """Hours asked of schools, by month."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    form = DemandForm(request.POST or None, season=proposal.season)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            began = marks_in(request.POST["began"]) if "began" in request.POST else None
            number = schools.set_demands(proposal=proposal, by=request.user, began=began, **form.values)
            messages.success(request, f"The hours are set: {number} entries of a school and a month.")
            return redirect("proposal_schools", pk)
    context = whole(request, proposal, "proposal_schools")
    names = {unit.code: unit.name for unit in form.offered}
    limits = limits_of(proposal.season_id)
    context |= hours_shown(context["content"], hours_of_others(proposal), limits, names)
    notes = notes_on_hours(proposal)
    said = ((SchoolDemand.Activity(activity).label, note) for _school, _month, activity, note in notes)
    context |= {"form": form, "notes": list(dict.fromkeys(said))}
    context["began"] = json.dumps(schools.marks_of(context["content"]["demands"], notes))
    return render(request, "proposals/schools.html", context)


def hours_shown(
    content: dict, others: dict[tuple[str, str], int], limits: dict[str, int], names: dict[str, str]
) -> dict:
    """Hours of each school by month with the load and the limit; hours and days by activity."""
    mine: dict[tuple[str, str], int] = {}
    by_activity: dict[str, tuple[int, Decimal]] = {}
    for school, month, activity, days, hours in content["demands"]:
        mine[school, month] = mine.get((school, month), 0) + hours
        label = SchoolDemand.Activity(activity).label
        all_hours, all_days = by_activity.get(label, (0, Decimal(0)))
        by_activity[label] = all_hours + hours, all_days + Decimal(days)
    months = sorted({month for _school, month in mine})
    by_school = []
    for code in sorted({school for school, _month in mine}):
        own, limit = [mine.get((code, month), 0) for month in months], limits.get(code)
        cells = [Load(n, n + others.get((code, m), 0), limit) for n, m in zip(own, months, strict=True)]
        by_school.append((names.get(code, code), limit, cells, sum(own)))
    return {
        "months": [date.fromisoformat(month) for month in months],
        "by_school": by_school,
        "by_activity": [(label, *sums) for label, sums in by_activity.items()],
        "most": max((cell.load for row in by_school for cell in row[2]), default=0),
        "others_ask": any(cell.load > cell.hours for row in by_school for cell in row[2]),
        "n_over": sum(any(cell.over for cell in cells) for _name, _limit, cells, _all in by_school),
    }
