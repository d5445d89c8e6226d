"""Workspace: cost lines out to a spreadsheet, and back in."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render

from activity.opening import Unopenable
from activity.refused import refusals_as_messages
from people.access import members

from .. import costbook, money, rules
from ..actions import importing
from ..arithmetic.lines import Edited
from ..forms.sheet import SheetForm
from .workspace import frame

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "rows of an edited workbook of cost lines"


@members
def costs_export(request, pk):
    proposal = rules.editable_proposal_for(request.user, pk)
    content = costbook.written(proposal, money.codes_of(proposal.season.name, units=True))
    name = f"{costbook.name_of(proposal)} cost lines.xlsx"
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@members
def costs_sheet(request, pk):
    """Export, choose the edited workbook, and see what it would do."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    context = frame(request, proposal, "proposal_costs") | {"form": form}
    if request.method == "POST" and not context["closed"] and form.is_valid():
        try:
            context |= _preview(proposal, form.cleaned_data["workbook"].read())
        except Unopenable as error:
            form.add_error("workbook", str(error))
    return render(request, "proposals/costs_sheet.html", context)


def _preview(proposal, content: bytes) -> dict:
    book = costbook.read(content, proposal)
    codes = costbook.codes_by_name(money.codes_of(proposal.season.name, units=True))
    rows, partial = (costbook.with_codes(rows, codes) for rows in (book.rows, book.partial))
    stands = costbook.plain_lines(proposal)
    changes = importing.changes_to(proposal, began=book.began, stands=stands, rows=rows, unread=book.unread)
    lines = importing.lines_to_write(changes, stands) + [(row.row, row.values) for row in partial]
    faults = [*book.faults, *costbook.faults_in(lines, codes, proposal.season)]
    sent = {"pk": proposal.pk, "began": list(book.began.items()), "rows": rows}
    return {
        "changes": changes,
        "faults": costbook.by_place(faults),
        "words": costbook.in_words(changes, book.began, proposal.season),
        "sent": signing.dumps(sent, salt=SALT, compress=True),
        "seen": importing.digest_of(changes),
    } | ({} if faults or changes.is_empty else _costs(proposal, changes, stands, codes))


def _costs(proposal, changes, stands, codes) -> dict:
    """Amounts of the lines and their sums, before and after, and rules that the lines would not keep."""
    lines = importing.costed(proposal, changes, stands, codes)
    each = money.notes_on_each(proposal, [line.values for line in lines])
    before, after = importing.sums(changes, stands, lines, proposal.season.years_costed)
    return {
        "years": proposal.season.years,
        "costed": lines,
        "total_before": before,
        "total_after": after,
        "unkept": [(line, notes) for line, notes in zip(lines, each, strict=True) if notes],
    }


@members
def costs_apply(request, pk):
    """Do what was previewed."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=True)
    if request.method == "POST":
        with refusals_as_messages(request):
            numbers = _import(request, proposal)
            messages.success(request, "Lines: {} added, {} changed, {} removed.".format(*numbers))
            return redirect("proposal_costs", pk)
    return redirect("costs_sheet", pk)


def _import(request, proposal) -> tuple[int, int, int]:
    try:
        sent = signing.loads(request.POST.get("sent", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        sent = {}
    if sent.get("pk") != proposal.pk:
        raise importing.Refused("Choose the workbook again: what was shown is not known any more.")
    return importing.import_costs(
        proposal=proposal,
        began=dict(sent["began"]),
        rows=[Edited(*row) for row in sent["rows"]],
        codes=costbook.codes_by_name(money.codes_of(proposal.season.name, units=True)),
        seen=request.POST.get("seen", ""),
        mine={int(number) for number in request.POST.getlist("mine") if number.isdecimal()},
        by=request.user,
    )
