"""Freezing a slate, and turning the two keys."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.refused import refusals_as_messages, refusals_on
from people.access import only

from .. import rules
from ..actions import keys
from ..actions.locking import sheet_of
from ..arithmetic import in_short_words
from ..findings import findings_of
from ..forms import KeyForm
from ..models import Approval
from ..sheet import Sheet
from ..workflow import SlateStatus
from .door import with_slate


@only(rules.can_freeze)
@with_slate
def freeze(request, slate):
    if request.method == "POST":
        with refusals_as_messages(request):
            keys.freeze(slate=slate, by=request.user)
            messages.success(request, "Frozen. Now the keys can be turned.")
            return redirect("slate_approve", slate.pk)
        return redirect("slate_freeze", slate.pk)
    sheet = Sheet(slate)
    context = {"slate": slate, "sheet": sheet, "blockers": rules.blockers_to_freeze(sheet)}
    return render(request, "slates/freeze.html", context)


@only(rules.can_freeze)
@with_slate
def unfreeze(request, slate):
    if request.method == "POST":
        with refusals_as_messages(request):
            keys.unfreeze(slate=slate, by=request.user)
            messages.success(request, "Open again. Keys that were turned have fallen away.")
    return redirect("slate", slate.pk)


@only(rules.can_decide)
@with_slate
def approve(request, slate):
    form = KeyForm(request.POST or None, initial={"fingerprint": slate.fingerprint})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            turn = keys.approve if rules.can_approve(request.user) else keys.concur
            turned = turn(slate=slate, fingerprint=form.cleaned_data["fingerprint"], by=request.user)
            messages.success(request, _said(turned, request.user))
            return redirect("slate_approve", slate.pk)
    return render(request, "slates/approve.html", {**_read(slate, request.user), "form": form})


def _said(slate, user) -> str:
    did = "approved" if rules.can_approve(user) else "concurred"
    if slate.status == SlateStatus.APPROVED:
        return f"You {did}. Every key is turned: the decisions can be released."
    other = Approval.Key.SUPERINTENDENT if rules.can_approve(user) else Approval.Key.CFO
    return f"You {did}; {rules.holders_of({other})} is awaited."


def _read(slate, user) -> dict:
    """All that a key is turned on."""
    sheet = sheet_of(slate)
    key = Approval.Key.CFO if rules.can_approve(user) else Approval.Key.SUPERINTENDENT
    keys_now = [(Approval.Key(k), sheet.turned.get(k)) for k in sorted(rules.needed_keys(slate))]
    return {
        "slate": slate,
        "sheet": sheet,
        "words": in_short_words(slate.fingerprint),
        "keys": keys_now,
        "rows": [_row(sheet, decision) for decision in sheet.decisions.values()],
        "findings": [finding for finding in findings_of(sheet) if finding.override or not finding.blocking],
        "blockers": rules.blockers_to_turn(sheet, key, slate.fingerprint, user),
        "is_cfo": key == Approval.Key.CFO,
        "may_release": slate.status == SlateStatus.APPROVED,
    }


def _row(sheet: Sheet, decision) -> dict:
    proposal = decision.version.proposal
    lines = sheet.lines_of.get(decision.version.proposal_id, [])
    kept = sheet.money.get(decision.version.proposal_id)
    return {"proposal": proposal, "decision": decision, "kept": kept, "lines": lines}
