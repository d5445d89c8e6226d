"""Workspace: what is asked of other units, and of schools."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import members

from .. import rules
from ..actions import asks
from ..forms.rows import AskForm
from ..workflow import Status
from .workspace import frame, whole

GONE = "Somebody withdrew {} while you were writing. Note a new ask if this is still needed."


@members
def proposal_asks(request, pk):
    """All asks with what was sent, and a form for one more."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = AskForm(request.POST or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        values = form.values
        with refusals_on(form):
            ask = asks.add_ask(
                proposal=proposal, unit=values.pop("asked_unit"), values=values, by=request.user
            )
            messages.success(request, f"{ask.code} is saved, not sent yet. Send it when its terms are right.")
            return redirect("proposal_asks", pk)
    context = whole(request, proposal, "proposal_asks")
    context["asks_closed"] = _closed(request.user, proposal, context)
    context["unsent"] = sum(ask["unsent"] for ask in context["content"]["asks"])
    _put_drafts(proposal, [ask for ask in context["content"]["asks"] if ask["sent"] and ask["unsent"]])
    return render(request, "proposals/asks.html", context | {"form": form})


def _put_drafts(proposal, changed: list[dict]) -> None:
    """What would be asked, beside what was sent: nobody asks again for what the page does not show."""
    drafts = proposal.asks.in_bulk([ask["id"] for ask in changed]) if changed else {}
    for ask in changed:
        ask["draft"] = drafts[ask["id"]].values()


def _closed(user, proposal, context: dict) -> list[str]:
    """Asks stay open longer than the rest of the proposal."""
    return rules.blockers_to_ask(proposal) if rules.can_ask(user, proposal) else context["closed"]


@members
def ask_edit(request, pk):
    """The draft of the next terms, beside what was sent; what was typed while others withdrew it is shown."""
    typed = request.method == "POST"
    ask = rules.draft_ask_for(request.user, pk, also_withdrawn=typed)
    form = AskForm(request.POST or None, instance=ask, proposal=ask.proposal)
    if typed and form.is_valid():
        with refusals_on(form):
            asks.edit_ask(ask=ask, values=form.values, by=request.user, began=form.began)
            messages.success(request, f"{ask.code} is saved. It is asked anew once you send it.")
            return redirect("proposal_asks", ask.proposal_id)
    if form.is_bound:
        ask = rules.draft_ask_for(request.user, pk, also_withdrawn=True)
        form.catch_up(ask.values())
    context = frame(request, ask.proposal, "proposal_asks") | {"form": form, "ask": ask}
    closed = [GONE.format(ask.code)] if ask.withdrawn_at else _closed(request.user, ask.proposal, context)
    return render(request, "proposals/ask_edit.html", context | {"closed": closed})


@members
def ask_send(request, pk):
    ask = rules.draft_ask_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            asks.send_ask(ask=ask, by=request.user)
            messages.success(request, f"{ask.code} is sent to {ask.asked_unit}.{_signed_again(ask.proposal)}")
    return redirect("proposal_asks", ask.proposal_id)


@members
def ask_withdraw(request, pk):
    ask = rules.draft_ask_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            asks.withdraw_ask(ask=ask, by=request.user)
            messages.success(request, f"{ask.code} is withdrawn.{_signed_again(ask.proposal)}")
    return redirect("proposal_asks", ask.proposal_id)


@members
def asks_send_all(request, pk):
    proposal = rules.editable_proposal_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            sent = asks.send_all_asks(proposal=proposal, by=request.user)
            told = f"Sent: {len(sent)}. The asked units can answer now."
            messages.success(request, told + _signed_again(proposal))
    return redirect("proposal_asks", pk)


def _signed_again(proposal) -> str:
    """Of a proposal that others read: what was signed is another thing now."""
    if proposal.status != Status.SUBMITTED:
        return ""
    return " Its sponsors are asked to sign again, before it can be cleared."
