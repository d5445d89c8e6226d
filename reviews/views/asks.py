"""Asks to us and by us, one ask with its answer form, and lending the right to answer."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render

from activity import clock
from activity.models import Entry
from activity.refused import refusals_as_messages, refusals_on
from goals.shown import season_shown
from people.access import members
from people.models import Delegation

from .. import rules
from ..actions import answers, delegations
from ..asked import asked_of
from ..forms import AnswerForm, DelegationForm, RefusalForm

MOST_PAGES = 10_000
LATEST, MOST_ENTRIES = 4, 200  # of an ask's history: what stands open, and what is read at all


@members
def asks(request):
    number, user = _number(request.GET.get("page")), request.user
    page = {
        "asked": asked_of(season_shown(request), user, min(max(number, 1), MOST_PAGES)),
        "may_lend": bool(user.spoken_for_ids),
        "lent": [row for row in user.delegated_acts.values() if not user.speaks_for(row.unit_id)],
    }
    return render(request, "reviews/asks.html", page)


@members
def ask(request, pk):
    row, form = rules.ask_for(request.user, pk), None
    if request.method == "POST":
        form = AnswerForm(request.POST)
    if form and form.is_valid():
        with refusals_on(form):
            seen = {name: _number(request.POST.get(name)) for name in ("terms_id", "latest_number")}
            answers.answer_ask(ask=row, by=request.user, **seen, **form.cleaned_data)
            messages.success(request, "Your answer is sent. The sponsors see it now.")
            return redirect("ask", pk=pk)
        row = rules.ask_for(request.user, pk)  # new terms may have come meanwhile
    return _ask_page(request, row, form)


def _ask_page(request, row, form=None, refusal=None):
    prefetch_related_objects([row], "terms")  # the door of an act left them out
    newest = rules.newest_answer(rules.read_answers(row))
    condition = getattr(newest, "condition", None)
    settles = condition and condition.is_open and rules.can_settle(request.user, row)
    earlier = rules.earlier_terms(row)
    entries = list(Entry.objects.about(row)[:MOST_ENTRIES])
    page = {
        "ask": row,
        "terms": row.current_terms,
        "earlier": earlier,
        "old_answers": [answer for terms in earlier for answer in terms.endorsements.all()],
        "newest": newest,
        "form": form or AnswerForm(initial=_as_answered(newest)),
        "lent": rules.lent_to(request.user, row),
        "why_not": rules.why_not_answer(request.user, row),
        "blockers": rules.blockers_to_answer(row),
        "due": rules.answer_due(row),
        "condition": condition,
        "settles": settles and not rules.blockers_to_settle(condition),
        "refusal": refusal or RefusalForm(prefix="refusal"),
        "reads_proposal": rules.reads_proposal(request.user, row.proposal),
        "entries": entries[:LATEST], "before": entries[LATEST:],
    }  # fmt: skip
    return render(request, "reviews/ask.html", page)


@members
def condition_accept(request, pk):
    condition = rules.condition_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            answers.accept_condition(condition=condition, by=request.user)
            messages.success(request, "The condition is accepted. The endorsement stands with it.")
    return redirect("ask", pk=condition.endorsement.terms.ask_id)


@members
def condition_refuse(request, pk):
    condition = rules.condition_for(request.user, pk)
    row = condition.endorsement.terms.ask
    form = RefusalForm(request.POST or None, prefix="refusal")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            answers.refuse_condition(condition=condition, by=request.user, **form.cleaned_data)
            messages.success(request, "The condition is refused. It counts as no endorsement.")
            return redirect("ask", pk=row.pk)
    return _ask_page(request, row, refusal=form)


@members
def lending(request):
    form = DelegationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            delegations.delegate_answering(by=request.user, **form.cleaned_data)
            messages.success(request, "Saved. They can answer for your unit on these days.")
            return redirect("delegations")
    rows = Delegation.objects.filter(unit__in=request.user.spoken_for_ids).select_related(
        "unit", "person", "delegated_by"
    )
    page = {
        "form": form,
        "rows": rows.order_by("-until_date"),
        "may_lend": bool(request.user.spoken_for_ids),
        "today": clock.today(),
    }
    return render(request, "reviews/delegations.html", page)


@members
def lending_end(request, pk):
    delegation = rules.delegation_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            delegations.end_delegation(delegation=delegation, by=request.user)
            messages.success(request, f"{delegation.person} can no longer answer for {delegation.unit}.")
    return redirect("delegations")


def _as_answered(newest) -> dict:
    if newest is None:
        return {}
    condition = getattr(newest, "condition", None)
    return {
        "answer": newest.answer,
        "reason": newest.reason,
        "condition": condition.text if condition else "",
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
