"""What was said about the text: reading it, saying more, settling it."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.refused import refusals_as_messages, refusals_on
from people.access import members, members_by_script

from .. import rules
from ..actions import remarks as actions
from ..forms.remarks import RemarkForm, ReplyForm
from ..models import Section
from ..remarks import read_by, shaped_by, threads_of
from .workspace import frame

ACTS = {
    "resolve": actions.resolve,
    "reopen": actions.reopen,
    "accept": actions.take_over,
    "reject": actions.reject_suggestion,
    "apply": actions.apply_suggestion,
    "placed": actions.apply_suggestion,
}


@members
def proposal_remarks(request, pk):
    """Every thread that the reader may see, and a form to begin one."""
    proposal = rules.proposal_for(request.user, pk)
    form = RemarkForm(request.POST or None, initial={"section": request.GET.get("section", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            said = actions.comment(proposal=proposal, by=request.user, **form.cleaned_data)
            if "writing" in request.GET:  # back to the text
                messages.success(request, "Your comment stands under its section.")
                return redirect(_at(said.proposal_id, said.pk, "proposal_edit"))
            messages.success(request, "It stands below.")
            return redirect(_at(said.proposal_id, said.pk))
    return render(request, "proposals/remarks.html", _page(request, proposal) | {"form": form})


@members_by_script
def proposal_names(request, pk):
    """Whom a comment may call, for the script that completes names."""
    proposal = rules.proposal_for(request.user, pk)
    return JsonResponse({"names": rules.names_to_call(request.user, proposal)})


def _at(proposal: int, thread: int, page: str = "proposal_remarks") -> str:
    return f"{reverse(page, args=[proposal])}#comment-{thread}"


def _which(proposal, n_open: int, n_all: int, shows_all: bool) -> list[dict]:
    """The tabs: what is open, or everything."""
    here = reverse("proposal_remarks", args=[proposal.pk])
    return [
        {"label": f"Open ({n_open})", "url": here, "here": not shows_all},
        {"label": f"All ({n_all})", "url": f"{here}?all=1", "here": shows_all},
    ]


def _page(request, proposal) -> dict:
    user = request.user
    request.season = proposal.season
    read = read_by(user, proposal)
    threads = threads_of(user, proposal, read.sections)
    open_threads = [thread for thread in threads if thread.is_open]
    n_open = len(open_threads)
    mine = rules.is_sponsor(user, proposal)
    said = rules.can_comment(user, proposal)
    return {
        **(frame(request, proposal, "proposal_remarks", n_open=n_open) if mine else {"proposal": proposal}),
        "read": read,
        "threads": threads if "all" in request.GET else open_threads,
        "n_all": len(threads),
        "which": _which(proposal, n_open, len(threads), "all" in request.GET),
        "labels": dict(Section.Kind.choices),
        "blockers": rules.blockers_to_comment(proposal) if said else [],
        "settled": bool(rules.blockers_to_settle(proposal)),
        "to_apply": rules.can_edit(user, proposal) and not rules.blockers_to_edit(proposal),
        "shaped_by": shaped_by(threads, proposal),
        "unread": user.mentions.filter(comment__proposal=proposal, noted_at=None).count(),
    }


@members
def comment_reply(request, pk):
    """A word in a thread; what was refused stands in its form."""
    comment = rules.comment_for(request.user, pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.reply(comment=comment, by=request.user, **form.cleaned_data)
            return redirect(_at(comment.proposal_id, pk))
    if not form.is_bound:
        return redirect(_at(comment.proposal_id, pk))
    page = _page(request, comment.proposal) | {"form": RemarkForm(), "reply": form, "replies_to": pk}
    return render(request, "proposals/remarks.html", page)


@members
def comment_settle(request, pk, act):
    """Resolve, reopen, accept or not, put into the text."""
    comment = rules.comment_for(request.user, pk, acting=True)
    if request.method == "POST":
        more = {"word": request.POST.get("word", "")} if act in ("accept", "reject") else {}
        more |= {"by_hand": True} if act == "placed" else {}
        with refusals_as_messages(request):
            outcome = ACTS[act](comment=comment, by=request.user, **more)
            messages.success(request, f"{outcome.get_kind_display()}.")
    return redirect(_at(comment.proposal_id, pk))


@members
def noted(request, pk):
    """Whoever was called has read it."""
    proposal = rules.proposal_for(request.user, pk)
    if request.method == "POST":
        actions.note_mentions(proposal=proposal, reader=request.user)
    return redirect("proposal_remarks", pk)
