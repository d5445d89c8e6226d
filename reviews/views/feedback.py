"""Feedback on a proposal and the sponsors' answers, then resubmitting."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import members
from proposals.rules import proposal_for
from proposals.workflow import Status

from .. import rules
from ..actions import feedback as verbs
from ..actions import passing
from ..forms import ReplyForm
from ..reading import feedback_on


@members
def feedback(request, pk):
    return _page(request, proposal_for(request.user, pk))


def _page(request, proposal, bound=None):
    """`bound` is the reply that could not be sent: (key of the remark, its form)."""
    answers = rules.can_answer_feedback(request.user, proposal) and proposal.status in rules.REPLIABLE
    remarks = feedback_on(proposal)
    for remark in remarks:
        if bound and bound[0] == remark.pk:
            remark.form = bound[1]  # also when somebody answered meanwhile: the words are kept
        elif answers and remark.is_open:
            remark.form = ReplyForm(prefix=f"reply-{remark.pk}")
    resubmits = proposal.status == Status.IN_REVISION and rules.can_resubmit(request.user, proposal)
    context = {
        "proposal": proposal,
        "open": [remark for remark in remarks if remark.is_open],
        "closed": [remark for remark in remarks if not remark.is_open],
        "resubmits": resubmits,
        "blockers": rules.all_blockers_to_resubmit(proposal) if resubmits else [],
    }
    return render(request, "reviews/feedback.html", context)


@members
def feedback_answer(request, pk):
    remark = rules.feedback_for(request.user, pk)
    form = ReplyForm(request.POST or None, prefix=f"reply-{pk}")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            verbs.answer_feedback(feedback=remark, by=request.user, **form.cleaned_data)
            messages.success(request, f"{remark.code} is answered.")
            return redirect("feedback", pk=remark.version.proposal_id)
    return _page(request, proposal_for(request.user, remark.version.proposal_id), (remark.pk, form))


@members
def resubmit(request, pk):
    proposal = proposal_for(request.user, pk, acting=True)
    if request.method == "POST":
        with refusals_as_messages(request):
            passing.resubmit(proposal=proposal, by=request.user)
            messages.success(request, "Resubmitted. Reviewers read the new version now.")
    return redirect("feedback", pk=pk)
