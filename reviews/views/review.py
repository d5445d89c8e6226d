"""One proposal under review: the reading pane, the rating form, feedback, and the steward's acts."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import members, only
from people.rules import is_steward
from proposals.actions.baton import with_sponsors

from .. import rules
from ..actions import assignments, feedback, passing, ratings
from ..forms import FeedbackForm, RatingForm, ReasonForm, ReviewerForm
from ..reading import ReviewPage

SAVED = "Your ratings are saved. You may change them while scoring is open."
SAVED_IN_PART = (
    "Saved so far. Rate the other criteria, or choose “Leave out”; then the figures of the others show."
)


@members
def review(request, pk):
    """GET reads; POST rates."""
    proposal = rules.circulated_for(request.user, pk, acting=request.method == "POST")
    page = ReviewPage(proposal, request.user)
    form = _rating_form(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            ratings.rate(proposal=proposal, ratings=form.ratings, by=request.user, criteria=page.criteria)
            messages.success(request, SAVED if len(form.ratings) == len(page.criteria) else SAVED_IN_PART)
            return redirect("review", pk=pk)
    return _page(request, page, rating_form=form)


def _rating_form(page: ReviewPage, data=None) -> RatingForm:
    season = page.proposal.season
    scale = range(season.rating_from, season.rating_to + 1)
    return RatingForm(
        data, criteria=page.criteria, given={} if data else page.given, scale=scale,
        finished=not data and bool(page.assignment and page.assignment.finished_at),
    )  # fmt: skip


def _page(request, page: ReviewPage, **forms):
    with_sponsors(page.proposal)  # the door of an act left them out
    context = {
        "proposal": page.proposal,
        "shown": page,
        "rating_form": forms.get("rating_form") or _rating_form(page),
        "feedback_form": forms.get("feedback_form") or FeedbackForm(asks=page.asks, prefix="feedback"),
        "recuse_form": forms.get("recuse_form") or ReasonForm(prefix="recuse", label="Why you step back"),
        "steward": is_steward(request.user),
        "may_send_back": rules.can_send_back(request.user),
        "reason_form": forms.get("reason_form") or ReasonForm(prefix="pass"),
        "reviewer_form": forms.get("reviewer_form")
        or (ReviewerForm(prefix="reviewer") if is_steward(request.user) else None),
        "sees_scores": rules.can_see_scores(request.user),
    }
    return render(request, "reviews/review.html", context)


@members
def feedback_give(request, pk):
    proposal = rules.circulated_for(request.user, pk)
    page = ReviewPage(proposal, request.user)
    form = FeedbackForm(request.POST or None, asks=page.asks, prefix="feedback")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            given = feedback.give_feedback(proposal=proposal, by=request.user, **form.remark)
            messages.success(request, f"{given.code} is sent. The sponsors answer it before they resubmit.")
            return redirect("review", pk=pk)
    return _page(request, page, feedback_form=form)


@members
def review_recuse(request, pk):
    assignment = rules.assignment_for(request.user, pk)
    form = ReasonForm(request.POST or None, prefix="recuse", label="Why you step back")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            assignments.recuse(assignment=assignment, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved. It stands in the integrity log.")
            return redirect("review", pk=assignment.proposal_id)
    proposal = rules.circulated_for(request.user, assignment.proposal_id)
    return _page(request, ReviewPage(proposal, request.user), recuse_form=form)


@members
def review_judge(request, pk):
    """Take the own recusal back."""
    assignment = rules.assignment_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            assignments.take_recusal_back(assignment=assignment, by=request.user)
            messages.success(request, "The recusal is taken back. It stands in the integrity log.")
    return redirect("review", pk=assignment.proposal_id)


@only(is_steward)
def review_assign(request, pk):
    proposal = rules.circulated_for(request.user, pk)
    form = ReviewerForm(request.POST or None, prefix="reviewer")
    if request.method == "POST" and form.is_valid():
        person, due_on = form.cleaned_data["person"], form.cleaned_data["due_on"]
        advisory = rules.is_advisory(person, proposal.season)
        with refusals_on(form):
            assignments.assign_reviewers(
                season=proposal.season,
                proposals=[proposal],
                reviewers=[person],
                due_on=due_on,
                advisory=advisory,
                by=request.user,
            )
            apart = " as an advisory reviewer, whose ratings stand apart from the score" if advisory else ""
            messages.success(request, f"{person} is assigned{apart}.")
            return redirect("review", pk=pk)
    return _page(request, ReviewPage(proposal, request.user), reviewer_form=form)


@only(rules.can_send_back)
def review_pass(request, pk, act):
    """The steward returns it for revision; steward and deciders send it back into review."""
    proposal = rules.circulated_for(request.user, pk)
    form = ReasonForm(request.POST or None, prefix="pass")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            reason = form.cleaned_data["reason"]
            if act == "return":
                passing.return_for_revision(proposal=proposal, note=reason, by=request.user)
                messages.success(request, "Returned for revision. The sponsors see your note.")
            else:
                passing.send_back(proposal=proposal, reason=reason, by=request.user)
                messages.success(request, "Sent back into review.")
            return redirect("review", pk=pk)
    return _page(request, ReviewPage(proposal, request.user), reason_form=form)


@only(is_steward)
def review_clear(request, pk):
    proposal = rules.circulated_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            passing.clear(proposal=proposal, by=request.user, sure="sure" in request.POST)
            messages.success(request, "Cleared. Slates may list it now.")
    return redirect("review", pk=pk)
