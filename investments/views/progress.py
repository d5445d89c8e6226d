"""Forms of an investment: a duty's status, a report, a value, the choice at a review."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from activity.refused import refusals_on
from people.access import members, only

from .. import rules
from ..actions import progress
from ..forms import CommitmentForm, ObservationForm, ReviewForm, UpdateForm


def _page(request, investment, form, title, lede=""):
    context = {"investment": investment, "form": form, "title": title, "lede": lede}
    return render(request, "investments/form.html", context)


@members
def commitment(request, pk):
    duty = rules.commitment_for(request.user, pk)
    lede = duty.what
    statuses = rules.statuses_for(request.user, duty)
    form = CommitmentForm(request.POST or None, instance=duty, statuses=statuses)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            progress.update_commitment(commitment=duty, by=request.user, **form.cleaned_data)
            messages.success(request, f"Saved: {duty.code} is {duty.get_status_display().lower()}.")
            return redirect("investment", duty.investment_id)
    return _page(request, duty.investment, form, f"Where does {duty.code} stand?", lede)


@members
def update(request, pk):
    investment = rules.investment_for(request.user, pk)
    if not rules.can_report(request.user, investment):
        raise PermissionDenied
    form = UpdateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            progress.write_update(investment=investment, by=request.user, **form.cleaned_data)
            return redirect("investment", pk)
    return _page(
        request, investment, form, "How does it stand?", "One sentence, the evidence, the next step."
    )


@members
def observation(request, pk):
    investment = rules.investment_for(request.user, pk)
    if not rules.can_observe(request.user, investment):
        raise PermissionDenied
    form = ObservationForm(request.POST or None, investment=investment)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            progress.record_observation(investment=investment, by=request.user, **form.cleaned_data)
            return redirect("investment", pk)
    return _page(
        request, investment, form, "Enter a value", "Totals and rates only, never about one student."
    )


@only(rules.can_review)
def review(request, pk):
    investment = rules.investment_for(request.user, pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            progress.review(investment=investment, by=request.user, **form.cleaned_data)
            messages.success(request, "The choice is recorded with its reason.")
            return redirect("investment", pk)
    lede = "The default is the planned end. Renew it only for a reason."
    return _page(request, investment, form, "Choose at the review", lede)
