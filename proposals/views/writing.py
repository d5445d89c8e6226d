"""Workspace: the text, the details."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from activity.refused import refusals_on
from people.access import members

from .. import rules
from ..actions import drafting
from ..forms.texts import DetailsForm, SectionsForm
from ..rules.text import kept_texts, kept_with_reasons
from .workspace import frame, written

SAVED = "Saved."


@members
def proposal_edit(request, pk):
    """All sections in one form; to who left, what was kept for them."""
    try:
        proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    except Http404:
        if request.method == "GET" and kept_texts(request.user).filter(proposal=pk).exists():
            return redirect("kept")
        raise
    form = SectionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            drafting.edit_sections(proposal=proposal, texts=form.values, by=request.user, began=form.began)
            messages.success(request, SAVED)
            return redirect("proposal_edit", pk)
    if form.is_bound:
        proposal.refresh_from_db(fields=["status", "late_until"])  # it may have been closed meanwhile
    context = written(request, proposal, "proposal_edit")
    sections = context["content"]["sections"]
    if form.is_bound:
        form.catch_up(sections)
    else:
        form = SectionsForm(sections=sections)
    parts = [(field, context["beside"][field.name]) for field in form.visible_fields()]
    context |= {"form": form, "parts": parts, "kept": _kept(request.user, proposal)}
    return render(request, "proposals/edit.html", context)


def _kept(user, proposal) -> list:
    """What came while the text was closed waits for its author above it, also once it is open again."""
    rows = list(kept_texts(user, proposal))
    for row in rows:
        row.proposal = proposal
    return kept_with_reasons(user, rows)


@members
def proposal_details(request, pk):
    """Title, goals, schools and the other facts."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    names = [*drafting.COLUMNS, *drafting.LISTS]
    stands = {} if request.method == "POST" else drafting.details_of(proposal, names)
    form = DetailsForm(request.POST or None, instance=proposal, stands=stands)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            drafting.edit_details(proposal=proposal, values=form.values, by=request.user, began=form.began)
            messages.success(request, SAVED)
            return redirect("proposal_details", pk)
    if form.is_bound:
        # As it stands, not as it was typed.
        proposal.refresh_from_db(fields=["status", "late_until", *drafting.COLUMNS])
        form.catch_up(drafting.details_of(proposal, names))
    context = frame(request, proposal, "proposal_details") | {"form": form}
    return render(request, "proposals/details.html", context)
