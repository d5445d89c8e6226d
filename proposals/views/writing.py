"""Workspace: the text, the details, the relations to other proposals."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import members

from .. import rules
from ..actions import drafting, links
from ..forms.rows import LinkForm
from ..forms.texts import DetailsForm, SectionsForm
from .workspace import frame, whole

SAVED = "Saved."


@members
def proposal_edit(request, pk):
    """All sections in one form."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = SectionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            drafting.edit_sections(proposal=proposal, texts=form.values, by=request.user, began=form.began)
            messages.success(request, SAVED)
            return redirect("proposal_edit", pk)
    context = whole(request, rules.editable_proposal_for(request.user, pk), "proposal_edit")
    sections = context["content"]["sections"]
    if form.is_bound:
        form.catch_up(sections)
    else:
        form = SectionsForm(sections=sections)
    return render(request, "proposals/edit.html", context | {"form": form})


@members
def proposal_details(request, pk):
    """Title, goals, schools and the other facts."""
    proposal = rules.editable_proposal_for(request.user, pk)
    names = [*drafting.COLUMNS, *drafting.LISTS]
    stands = {} if request.method == "POST" else drafting.details_of(proposal, names)
    form = DetailsForm(request.POST or None, instance=proposal, stands=stands)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            drafting.edit_details(proposal=proposal, values=form.values, by=request.user, began=form.began)
            messages.success(request, SAVED)
            return redirect("proposal_details", pk)
    if form.is_bound:
        fresh = rules.editable_proposal_for(request.user, pk)
        form.catch_up(drafting.details_of(fresh, names))
    context = frame(request, proposal, "proposal_details") | {"form": form}
    return render(request, "proposals/details.html", context)


@members
def proposal_links(request, pk):
    """How the proposal relates to others."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = LinkForm(request.POST or None, proposal=proposal, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            links.add_link(source=proposal, by=request.user, **form.cleaned_data)
            return redirect("proposal_links", pk)
    context = frame(request, proposal, "proposal_details") | {
        "form": form,
        "links": proposal.links_out.select_related("target"),
        "links_here": proposal.links_in.filter(source__in=rules.readable(request.user)).select_related(
            "source"
        ),
    }
    return render(request, "proposals/links.html", context)


@members
def link_remove(request, pk, link):
    proposal = rules.editable_proposal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            links.remove_link(link=rules.link_of(proposal, link), by=request.user)
    return redirect("proposal_links", pk)
