"""The addresses of the live editor: changes up, news down, as JSON."""

from functools import wraps

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from activity.refused import refusals_as_messages
from people.access import members, members_by_script

from .. import live as together
from ..actions import kept as kept_acts
from ..actions import live as acts
from ..document.merging import Malformed
from ..forms import live as forms
from ..models.content import content_of
from ..rules import editable_proposal_for, is_sponsor
from ..rules.text import closed_text, kept_for, kept_texts, kept_with_reasons, text_for
from .workspace import frame


def in_words(view):
    """What cannot be read, or comes too often, is answered with the sentence why."""

    @wraps(view)
    def answered(request, pk):
        try:
            if together.too_often(pk, request.user):
                return JsonResponse({"why": "Too many requests. The page tries again."}, status=429)
            return view(request, pk)
        except forms.Unreadable as wrong:
            return JsonResponse({"why": wrong.why}, status=wrong.status)
        except Malformed:
            return JsonResponse({"why": "This could not be read. Reload the page."}, status=400)

    return answered


@members_by_script
@in_words
def live(request, pk):
    """Send changes and ask for news; a GET asks only."""
    sends = request.method == "POST"
    asked = forms.sent_in(request) if sends else forms.asked_in(request)
    if sends and asked["updates"]:
        received = acts.merge_updates(pk=pk, updates=asked["updates"], by=request.user)
    else:
        proposal = text_for(request.user, pk)
        received = acts.Received(proposal, closed=closed_text(proposal))
    answer = received.answer() | {"token": get_token(request)}
    if received.has_left:
        return JsonResponse(answer | together.silence(asked["since"]))
    people = together.meet(pk, request.user, asked["here"])
    answer |= {"people": people, "wait": together.wait_of(people, received.closed, asked["here"])}
    news = together.news_of(received.proposal, asked["since"], received.accepted, received.seen)
    return JsonResponse(answer | news)


@members_by_script
@in_words
def live_missing(request, pk):
    """What somebody lacks who was long away."""
    vectors = forms.vectors_in(request) if request.method == "POST" else {}
    proposal = text_for(request.user, pk)
    return JsonResponse(together.missing_of(proposal, vectors))


@members_by_script
def live_still_missing(request, pk):
    """What is still missing, anew after something was saved: the list that `submit` uses."""
    proposal = editable_proposal_for(request.user, pk)
    context = frame(request, proposal, "proposal_edit", content_of(proposal), n_open=0)
    return HttpResponse(render_to_string("proposals/still_missing.html", context))


@members
def kept(request):
    """Everything that was kept for this person, also of texts that they do not read any more."""
    rows = kept_texts(request.user).select_related("proposal__season")
    rows = rows.prefetch_related("proposal__sponsorships", "proposal__season__stages")
    return render(request, "proposals/kept.html", {"kept": kept_with_reasons(request.user, rows)})


@members
def kept_offer(request, pk):
    """What came too late, as suggestions to those who may still change the text."""
    kept = kept_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            said = kept_acts.offer_kept(kept=kept, by=request.user)
            messages.success(request, "Offered. Each passage waits for the sponsors' answer.")
            return redirect(f"{reverse('proposal_remarks', args=[kept.proposal_id])}#comment-{said[0].pk}")
    return _back(request.user, kept)


@members
def kept_discard(request, pk):
    kept = kept_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            kept_acts.discard_kept(kept=kept, by=request.user)
    return _back(request.user, kept)


def _back(user, kept):
    """To the text, or to what is left where the unit does not sponsor it any more."""
    return (
        redirect("proposal_edit", kept.proposal_id) if is_sponsor(user, kept.proposal) else redirect("kept")
    )
