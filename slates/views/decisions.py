"""Deciding on the proposals of a slate, and the released decisions for everybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.refused import refusals_on
from goals.shown import season_or_404
from people.access import members, only

from .. import rules
from ..actions import decisions as actions
from ..actions.locking import sheet_of
from ..forms import DecisionForm, FullDecisionForm, PageForm, RestForm
from ..published import published_page
from ..ranking import ranked
from ..sheet import Sheet
from .door import with_slate


@only(rules.can_decide)
@with_slate
def slate_decisions(request, slate):
    sheet = sheet_of(slate)
    page = Paginator(sheet.proposals, 50).get_page(request.GET.get("page"))
    data = request.POST or None
    forms = [DecisionForm(data, prefix=f"p{p.pk}", proposal=p, sheet=sheet) for p in page.object_list]
    whole = PageForm(data)
    if request.method == "POST" and all(form.is_valid() for form in (*forms, whole)):
        with refusals_on(whole):
            choices = [form.choice for form in forms if not form.is_empty]
            count = actions.decide(slate=slate, choices=choices, by=request.user)
            messages.success(request, f"Saved: {count} decision{'' if count == 1 else 's'} changed.")
            onward = reverse("slate_decide_rest", args=[slate.pk]) if "then" in request.POST else None
            return redirect(onward or request.get_full_path())
    _place(forms, sheet)
    context = {"sheet": sheet, "slate": slate, "page": page, "forms": forms, "whole": whole}
    context["may_change"] = not rules.blockers_to_edit(slate)
    return render(request, "slates/decide.html", context)


def _place(forms, sheet: Sheet) -> None:
    """Rank and score beside what is decided."""
    places = {row.proposal.pk: (n, row.score) for n, row in enumerate(ranked(sheet), 1)}
    for form in forms:
        place, form.score = places[form.proposal.pk]
        form.place = None if form.score.ranking is None else place


@only(rules.can_decide)
@with_slate
def slate_decision(request, slate, proposal_pk):
    sheet = sheet_of(slate)
    proposal = rules.proposal_to_decide(sheet, proposal_pk)
    form = FullDecisionForm(request.POST or None, proposal=proposal, sheet=sheet)
    if request.method == "POST" and form.is_valid() and not form.is_empty:
        with refusals_on(form):
            actions.decide(slate=slate, choices=[form.choice], by=request.user)
            return redirect("slate_decisions", slate.pk)
    context = {"slate": slate, "proposal": proposal, "sheet": sheet, "form": form}
    context |= {"kept": sheet.money_on(proposal), "declined": sheet.declined(proposal)}
    return render(request, "slates/decide_one.html", context)


@only(rules.can_decide)
@with_slate
def decide_rest(request, slate):
    form = RestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count = actions.decide_rest(slate=slate, by=request.user, **form.cleaned_data)
            messages.success(request, f"Decided on {count} proposal{'' if count == 1 else 's'}.")
            return redirect("slate_decisions", slate.pk)
    rest = rules.undecided_rest(sheet_of(slate))
    return render(request, "slates/decide_rest.html", {"slate": slate, "form": form, "rest": rest})


@members
def decisions(request):
    request.season = season_or_404(request)
    page = published_page(request.user, request.season, request.GET.get("page"))
    return render(request, "slates/decisions.html", {"season": request.season, **page})
