"""One scenario: totals against the envelopes, proposals by rank, findings; amounts by line."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.refused import refusals_as_messages, refusals_on
from people.access import only

from .. import rules
from ..actions import decisions, filling, items
from ..actions.locking import sheet_of
from ..findings import findings_of
from ..forms import LineForm, NoteForm, OverrideForm, PartForm
from ..ranking import ranked
from ..sheet import Sheet
from ..workflow import SlateStatus
from .door import with_slate


@only(rules.can_build)
@with_slate
def slate(request, slate):
    sheet = Sheet(slate)
    if not rules.can_decide(request.user):
        sheet.decisions = {}  # the deciders' own until the release
    page = {
        "slate": slate,
        "sheet": sheet,
        "page": Paginator(ranked(sheet, with_fit=True), 50).get_page(request.GET.get("page")),
        "findings": findings_of(sheet),
        "undecided": [p for p in sheet.proposals if p.pk not in sheet.decisions],
        "may_change": slate.status == SlateStatus.SCENARIO,
        "may_override": rules.can_override(request.user),
        "may_decide": rules.can_decide(request.user),
    }
    return render(request, "slates/slate.html", page)


@only(rules.can_build)
@with_slate
def add(request, slate, proposal_pk):
    proposal = rules.proposal_on_table(slate, proposal_pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            items.add_item(slate=slate, proposal=proposal, by=request.user)
    return redirect(f"{reverse('slate', args=[slate.pk])}#p{proposal_pk}")


@only(rules.can_build)
@with_slate
def remove(request, slate, item_pk):
    item = rules.item_for(slate, item_pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            items.remove_item(item=item, by=request.user)
    return redirect(f"{reverse('slate', args=[slate.pk])}#p{item.proposal_id}")


@only(rules.can_build)
@with_slate
def fill(request, slate):
    if request.method == "POST":
        with refusals_as_messages(request):
            filled = filling.fill_in_rank_order(slate=slate, by=request.user)
            added = ", ".join(p.code for p in filled.added) or "nothing"
            messages.success(request, f"Added in rank order: {added}.")
            if filled.left_out:
                messages.info(request, " ".join(filled.left_out[:12]))
    return redirect("slate", slate.pk)


@only(rules.can_build)
@with_slate
def item(request, slate, item_pk):
    item = rules.item_for(slate, item_pk)
    kept = {line.cost_line_id: line for line in item.lines.all()}
    lines = item.proposal.cost_lines.select_related("fund", "position")
    years = slate.season.years
    forms = [LineForm(request.POST or None, line=line, kept=kept.get(line.pk), years=years) for line in lines]
    note = NoteForm(request.POST or None, initial={"note": item.note})
    if request.method == "POST" and all(form.is_valid() for form in (*forms, note)):
        with refusals_on(note):
            keep = {form.line.pk: form.keep for form in forms}
            items.change_item(item=item, keep=keep, by=request.user, note=note.cleaned_data["note"])
            messages.success(request, f"{item.proposal.code} is changed on this slate.")
            return redirect("slate", slate.pk)
    page = {"slate": slate, "item": item, "forms": forms, "note": note, "years": years}
    page["may_change"] = not rules.blockers_to_edit(slate)
    return render(request, "slates/item.html", page)


@only(rules.can_build)
@with_slate
def part(request, slate, item_pk):
    item = rules.item_for(slate, item_pk)
    form = PartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            items.keep_part(item=item, by=request.user, **form.cleaned_data)
            return redirect("slate_item", slate.pk, item_pk)
    return render(request, "slates/part.html", {"slate": slate, "item": item, "form": form})


@only(rules.can_override)
@with_slate
def override(request, slate):
    found = rules.may_pass(sheet_of(slate))
    finding = found.pop(request.POST.get("key") or request.GET.get("key", ""), None)
    if finding is None:
        raise Http404
    stands = finding.override.reason if finding.override else ""
    others = [other for other in found.values() if other.stands_in_the_way]
    form = OverrideForm(request.POST or None, initial={"reason": stands}, others=others)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            decisions.override_finding(slate=slate, key=finding.key, by=request.user, **form.cleaned_data)
            return redirect(f"{reverse('slate', args=[slate.pk])}#findings")
    return render(request, "slates/override.html", {"slate": slate, "finding": finding, "form": form})


@only(rules.can_override)
@with_slate
def override_back(request, slate):
    if request.method == "POST":
        with refusals_as_messages(request):
            decisions.take_back_override(slate=slate, key=request.POST.get("key", ""), by=request.user)
    return redirect(f"{reverse('slate', args=[slate.pk])}#findings")
