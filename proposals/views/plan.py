"""Workspace: sizes, milestones, and the day that the sponsors agree on."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404
from django.shortcuts import redirect, render

from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on
from people.access import members

from .. import rules
from ..actions import agreeing, plan
from ..arithmetic import sizes_of
from ..forms.began import marks_in
from ..forms.plan import AgreedDayForm, MilestoneForm, ScaleForm
from ..models import Scale
from .workspace import frame, whole

GONE = (
    "Somebody removed this milestone while you were writing. What you typed is kept below: add it anew, "
    "or leave the page."
)


@members
def proposal_plan(request, pk):
    """What it would be with less or more, and what is done by when; a form for one more milestone."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            plan.add_milestone(proposal=proposal, values=form.values, by=request.user)
            messages.success(request, "The milestone is added.")
            return redirect("proposal_plan", pk)
    return _whole_plan(request, proposal, form)


def _whole_plan(request, proposal, form):
    context = whole(request, proposal, "proposal_plan")
    context |= {
        "form": form,
        "sizes": sizes_of(context["content"]),
        "missing_sizes": [k for k in Scale.Kind if k not in _described(context["content"])],
        "milestones": proposal.milestones.select_related("unit"),
        "years": proposal.season.years,
    }
    return render(request, "proposals/plan.html", context)


def _described(content: dict) -> set[str]:
    return {scale["kind"] for scale in content["scales"]}


@members
def scale_edit(request, pk, kind):
    """Describe one size."""
    if kind not in Scale.Kind.values:
        raise Http404
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    scale = proposal.scales.filter(kind=kind).first() or Scale(proposal=proposal, kind=kind)
    form = ScaleForm(request.POST or None, instance=scale, season=proposal.season, kind=kind)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            values = form.values
            plan.set_scale(proposal=proposal, kind=kind, values=values, by=request.user, began=form.began)
            messages.success(request, f"The {scale.get_kind_display().lower()} size is saved.")
            return redirect("proposal_plan", pk)
    if form.is_bound:
        _see_again(form, proposal.scales.filter(kind=kind).first())
    context = frame(request, proposal, "proposal_plan") | {"form": form, "scale": scale}
    return render(request, "proposals/scale.html", context)


def _see_again(form, stands: Scale | None) -> None:
    """The form is shown again over what stands now; a size that others removed is offered whole."""
    if stands is not None:
        form.catch_up(model_to_dict(stands))
    elif plan.SCALE_GONE in form.non_field_errors():
        form.begin_anew(model_to_dict(Scale()))


@members
def scale_remove(request, pk, kind):
    proposal = rules.editable_proposal_for(request.user, pk, acting=True)
    if kind not in Scale.Kind.values:
        raise Http404
    if request.method == "POST":
        with refusals_as_messages(request):
            began = marks_in(request.POST.get("began", ""))
            plan.remove_scale(proposal=proposal, kind=kind, by=request.user, began=began)
    return redirect("proposal_plan", pk)


@members
def milestone_edit(request, pk, milestone):
    """Change one milestone; what was typed while others removed it is kept, to be added again."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    try:
        return _one_milestone(request, proposal, milestone)
    except Http404:
        if request.method != "POST":
            raise
    form = MilestoneForm(request.POST)
    form.add_error(None, GONE)
    return _whole_plan(request, proposal, form)


def _one_milestone(request, proposal, milestone):
    row = rules.milestone_of(proposal, milestone)
    form = MilestoneForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            plan.change_milestone(milestone=row, values=form.values, by=request.user, began=form.began)
            messages.success(request, "The milestone is saved.")
            return redirect("proposal_plan", proposal.pk)
    if form.is_bound:
        form.catch_up(model_to_dict(rules.milestone_of(proposal, milestone)))
    context = frame(request, proposal, "proposal_plan") | {"form": form, "milestone": row}
    return render(request, "proposals/milestone.html", context)


@members
def milestone_remove(request, pk, milestone):
    proposal = rules.editable_proposal_for(request.user, pk, acting=True)
    if request.method == "POST":
        with refusals_as_messages(request):
            row = rules.milestone_of(proposal, milestone)
            began = marks_in(request.POST.get("began", ""))
            plan.remove_milestone(milestone=row, by=request.user, began=began)
    return redirect("proposal_plan", pk)


@members
def agreed_day(request, pk):
    """The sponsors agree on the last day of changes."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    form = AgreedDayForm(request.POST or None, initial={"day": proposal.agreed_until})
    return form_page(
        request, form,
        lambda: agreeing.agree_day(proposal=proposal, by=request.user, **form.cleaned_data),
        back=f"/proposals/{pk}/sponsors/", back_label=proposal.code, title="Agree on the last day of changes",
        lede="Before the season's own date, so that everybody signs on to the same text.",
        submit="Agree on this day", done="The day is agreed. The other sponsors see it.",
    )  # fmt: skip


@members
def reopen(request, pk):
    proposal = rules.editable_proposal_for(request.user, pk, acting=True)
    if request.method == "POST":
        with refusals_as_messages(request):
            agreeing.reopen(proposal=proposal, by=request.user)
            messages.success(request, f"{proposal.code} is open for changes again.")
    return redirect("proposal_sponsors", pk)
