"""Forms of an investment: a duty's status, a report, a value, the choice at a review."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity.form_page import form_page
from people.access import members, only

from .. import rules
from ..actions import progress
from ..forms import CommitmentForm, ObservationForm, ReviewForm, UpdateForm


def _form_page(request, investment, form, act, **page):
    back = reverse("investment", args=[investment.pk])
    return form_page(request, form, act, back=back, back_label=str(investment), **page)


@members
def commitment(request, pk):
    duty = rules.commitment_for(request.user, pk)
    statuses = rules.statuses_for(request.user, duty)
    form = CommitmentForm(request.POST or None, instance=duty, statuses=statuses)
    return _form_page(
        request, duty.investment, form,
        lambda: progress.update_commitment(commitment=duty, by=request.user, **form.cleaned_data),
        title=f"Where does {duty.code} stand?", lede=duty.what,
        done=lambda saved: f"Saved: {saved.code} is {saved.get_status_display().lower()}.",
    )  # fmt: skip


@members
def update(request, pk):
    investment = rules.investment_for(request.user, pk)
    if not rules.can_report(request.user, investment):
        raise PermissionDenied
    form = UpdateForm(request.POST or None)
    return _form_page(
        request, investment, form,
        lambda: progress.write_update(investment=investment, by=request.user, **form.cleaned_data),
        title="How does it stand?", lede="One sentence, the evidence, the next step.",
    )  # fmt: skip


@members
def observation(request, pk):
    investment = rules.investment_for(request.user, pk)
    if not rules.can_observe(request.user, investment):
        raise PermissionDenied
    form = ObservationForm(request.POST or None, investment=investment)
    return _form_page(
        request, investment, form,
        lambda: progress.record_observation(investment=investment, by=request.user, **form.cleaned_data),
        title="Enter a value", lede="Totals and rates only, never about one student.",
    )  # fmt: skip


@only(rules.can_review)
def review(request, pk):
    investment = rules.investment_for(request.user, pk)
    form = ReviewForm(request.POST or None)
    return _form_page(
        request, investment, form,
        lambda: progress.review(investment=investment, by=request.user, **form.cleaned_data),
        title="Choose at the review", lede="The default is the planned end. Renew it only for a reason.",
        done="The choice is recorded with its reason.",
    )  # fmt: skip
