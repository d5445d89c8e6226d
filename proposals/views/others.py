"""Workspace: who works on the same, how the proposal relates to others, joining, merging, using it again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on
from goals.shown import season_or_404
from people import rules as people
from people.access import members

from .. import rules
from ..actions import copying, intents, links, merging, offers
from ..forms.partners import CopyForm, MergeForm, OfferForm, WordForm
from ..forms.rows import LinkForm
from ..models import Proposal
from ..overlaps import hidden_hints, hints_for_proposal
from ..rules import partners
from .workspace import frame


@members
def proposal_links(request, pk):
    """Who works on the same, with what can be done about it, and the relations noted so far."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = LinkForm(request.POST or None, proposal=proposal, user=request.user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            links.add_link(source=proposal, by=request.user, **form.cleaned_data)
            return redirect("proposal_links", pk)
    noted = partners.relations_of(request.user, proposal)
    known = {link.source_id for link in noted} | {link.target_id for link in noted}
    open_drafts = proposal.status == "draft"
    context = frame(request, proposal, "proposal_links") | {
        "form": form,
        "links": noted,
        "hints": hints_for_proposal(request.user, proposal, known) if proposal.is_editable else [],
        "hidden": hidden_hints(request.user, proposal),
        "mergers": partners.standing_mergers(request.user, proposal) if open_drafts else [],
        "is_draft": open_drafts,
    }
    return render(request, "proposals/links.html", context)


@members
def link_remove(request, pk, link):
    proposal = rules.editable_proposal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            links.remove_link(link=rules.link_of(proposal, link), by=request.user)
    return redirect("proposal_links", pk)


@members
def link_settle(request, pk, link):
    proposal = rules.editable_proposal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            found = partners.link_on_either_side(request.user, proposal, link)
            links.settle_link(link=found, by=request.user)
            messages.success(request, "Settled.")
    return redirect("proposal_links", pk)


@members
def proposal_join(request, pk):
    """Ask the sponsors to take the own unit in."""
    proposal = rules.proposal_for(request.user, pk)
    form = OfferForm(request.POST or None, user=request.user)
    return form_page(
        request, form,
        lambda: offers.offer_to_join_proposal(proposal=proposal, by=request.user, **form.cleaned_data),
        back=proposal.get_absolute_url(), back_label=f"{proposal.code} {proposal.read_title}",
        title=f"Ask to join {proposal.code}",
        lede="Sponsors own the work and the result together. Its sponsors answer.", submit="Ask to join",
        done="The sponsors are told that your unit would like to join.",
    )  # fmt: skip


@members
def offer_accept(request, pk, offer):
    proposal = rules.editable_proposal_for(request.user, pk, acting=True)
    found = partners.offer_to(proposal, offer)
    if request.method == "POST":
        with refusals_as_messages(request):
            offers.accept_offer(offer=found, proposal=proposal, by=request.user)
            messages.success(request, f"{found.unit} sponsors {proposal.code} with you.")
    return redirect("proposal_sponsors", pk)


@members
def proposal_talk(request, pk, unit):
    """A first word to the unit whose draft overlaps with ours."""
    proposal = rules.editable_proposal_for(request.user, pk)
    hint = next((h for h in hidden_hints(request.user, proposal) if h.unit_id == unit), None)
    if hint is None:
        raise Http404
    other = people.unit_for(request.user, unit)
    form = WordForm(request.POST or None)
    return form_page(
        request, form,
        lambda: intents.talk_about_overlap(
            proposal=proposal, to_unit=other, by=request.user, **form.cleaned_data
        ),
        back=reverse("proposal_links", args=[pk]), back_label=proposal.code, title=f"Talk with {other}",
        lede=f"Its draft serves {', '.join(hint.goals)}, too. Its head and deputy get your words.",
        submit="Send it", done=f"Your words are on their way to the head and the deputy of {other}.",
    )  # fmt: skip


@members
def merge_propose(request, pk, other):
    """Propose that two drafts become one. Of a draft of others the page names the unit alone."""
    proposal = rules.editable_proposal_for(request.user, pk)
    theirs = partners.draft_to_merge(
        request.user, other, {h.pk for h in hidden_hints(request.user, proposal)}
    )
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            pair = (proposal, theirs) if form.cleaned_data["keep"] == form.MINE else (theirs, proposal)
            proposed = merging.propose_merger(
                kept=pair[0],
                merged=pair[1],
                mine=proposal,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, f"Proposed. The head or the deputy of {proposed.to_unit} answers.")
            return redirect("proposal_links", pk)
    seen = Proposal.objects.visible_to(request.user).filter(pk=other).exists()
    context = {"proposal": proposal, "theirs": theirs, "seen": seen, "form": form}
    return render(request, "proposals/merge_propose.html", context)


@members
def take_in(request, pk, intent):
    """Propose that an intent comes into the draft."""
    proposal = rules.editable_proposal_for(request.user, pk)
    found = rules.intent_for(request.user, intent)
    form = MergeForm(request.POST or None, may_choose=False)
    return form_page(
        request, form,
        lambda: merging.propose_to_take_in(
            kept=proposal, intent=found, by=request.user, **form.cleaned_data
        ),
        back=reverse("proposal_links", args=[pk]), back_label=proposal.code, title=f"Take in “{found.title}”",
        lede=f"If {found.unit} agrees, its idea is added to your summary, it becomes a sponsor, and whoever "
        "offered to join it comes along. Its head or deputy reads your summary first.",
        submit="Propose it", done=f"Proposed. The head or the deputy of {found.unit} answers.",
    )  # fmt: skip


@members
def merger(request, pk):
    """What a merger would do, for who answers it; the act itself asks once more here."""
    found = partners.merger_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            kept = merging.accept_merger(merger=found, by=request.user)
            messages.success(request, f"Merged. {kept.code} goes on with both sponsors.")
            return redirect("proposal_edit", kept.pk)
        return redirect("merger", pk)
    context = {"merger": found, "can_answer": partners.can_answer_merger(request.user, found)}
    return render(request, "proposals/merger.html", context | partners.consequence_of(request.user, found))


@members
def merger_end(request, pk):
    found = partners.merger_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            merging.end_merger(merger=found, by=request.user)
            messages.success(request, "It stays as it was: the two are not merged.")
            return redirect("home")
    return redirect("merger", pk)


@members
def proposal_copy(request, pk):
    """A new draft out of an own proposal."""
    source = rules.editable_proposal_for(request.user, pk)
    season = season_or_404(request)
    is_copy = source.season_id == season.pk
    initial = {"title": source.title, "unit": source.lead and source.lead.pk}
    form = CopyForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = copying.carry_forward(source=source, season=season, by=request.user, **form.cleaned_data)
            messages.success(request, _started(source, *made))
            return redirect("proposal_edit", made.draft.pk)
    page = {"title": f"Copy {source.code}" if is_copy else f"Carry {source.code} forward"}
    page |= {"submit": "Copy it" if is_copy else "Carry it forward", "back_label": str(source)}
    page |= {
        "back": source.get_absolute_url(),
        "lede": f"A new draft in {season}: texts and hours as they are, "
        "cost lines at today's prices, asks as drafts that are not sent. Other sponsors are invited anew. "
        + rules.late_start(season),
    }
    return render(request, "setup/form.html", page | {"form": form})


def _started(source, draft, left) -> str:
    """What was made, and what did not come along."""
    said = f"{draft.code} of {draft.season} is started from {source.code}. Its asks are not sent yet."
    if left:
        said += f" Left out, since {draft.season} does not have it: {'; '.join(left[:5])}"
        said += f"; and {len(left) - 5} more, which its history names." if left[5:] else "."
    return said
