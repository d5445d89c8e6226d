"""The list of proposals, and starting something new."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.composed import composed_once
from activity.form_page import form_page
from activity.keys import key_in
from activity.refused import refusals_on
from goals.models import Goal
from goals.shown import season_or_404
from people.access import members, only

from .. import rules
from ..actions import drafting, submission
from ..forms.texts import LateForm, StartForm
from ..models import CostLine, Proposal
from ..reading import goals_of, sponsors_of
from ..workflow import Status

ROWS = 50


@members
def proposals(request):
    """Every proposal that this person may see, filtered."""
    season = season_or_404(request)
    user = request.user
    visible = _listed(frozenset(user.unit_ids)).visible_to(user).filter(season=season.pk)
    page = page_of(_filtered(visible, request), request)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **page,
        "rows": _with_relations(page["rows"]),
        "query": query.urlencode(),
        "filters": [
            ("words", "text", "Words or number", ()),
            ("choice", "goal", "Goal", goals_to_choose(user, season)),
            ("choice", "status", "Status", Status.choices),
            ("yes", "mine", "My units only", ()),
        ],
        "first_year": season.years[0],
        "can_start": rules.can_start_proposal(user),
        "can_open_late": rules.can_open_late(user),
    }
    return render(request, "proposals/list.html", context)


def _with_relations(rows) -> list[tuple]:
    """The rows as the template takes them: with the title that is read, sponsors and goals."""
    keys = [row.pk for row in rows]
    sponsors, served = sponsors_of(keys), goals_of(keys)
    return [
        (row.pk, row.code, row.read_content["title"] if row.read_content else row.title, row.status,
         row.read_content, row.cents, sponsors.get(row.pk, []), served.get(row.pk, []))
        for row in rows
    ]  # fmt: skip


def goals_to_choose(user, season) -> list[tuple[int, str]]:
    """The goals of a filter; one query."""
    goals = Goal.objects.visible_to(user).filter(season=season.pk).values_list("pk", "code", "title")
    return [(pk, f"{code} {title}") for pk, code, title in goals]


def _filtered(rows, request):
    wanted = request.GET
    if wanted.get("goal"):
        goal = key_in(wanted["goal"])
        rows = rows.filter(goals=goal) if goal else rows.none()
    if wanted.get("status") in Status.values:
        rows = rows.filter(status=wanted["status"])
    if wanted.get("mine"):
        rows = rows.sponsored_by(request.user)
    if text := wanted.get("text", "").strip()[:100]:
        rows = rows.alias(read_title=rules.title_read(units=request.user.unit_ids))
        rows = rows.filter(Q(read_title__icontains=text) | Q(code__iexact=text))
    return rows


@composed_once
def _listed(units: frozenset[int]) -> QuerySet:
    """What the list shows people of these units, with the number of all rows in each."""
    lines = CostLine.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    cents = lines.annotate(cents=Sum("year1_cents")).values("cents")
    rows = Proposal.objects.annotate(
        read_content=rules.content_read(units), cents=Subquery(cents), total=Window(Count("pk"))
    )
    return rows.values_list("pk", "code", "title", "status", "read_content", "cents", "total", named=True)


def page_of(rows, request) -> dict:
    """One page of plain rows, and the number of all rows, which each of them tells as its `total`."""
    number = request.GET.get("page", "1")
    number = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    start = (number - 1) * ROWS
    found = list(rows[start : start + ROWS])
    total = found[0].total if found else 0
    return {
        "rows": found,
        "total": total,
        "earlier": number - 1,
        "later": number + 1 if start + len(found) < total else 0,
    }


@members
def proposal_new(request):
    """Start a draft, fresh or from an intent."""
    if not rules.can_start_proposal(request.user):
        raise PermissionDenied
    key = key_in(request.GET.get("intent"))
    intent = rules.intent_for(request.user, key) if key else None
    season = intent.season if intent else season_or_404(request)
    initial = {"title": intent.title, "unit": intent.unit_id} if intent else {}
    form = StartForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            started = drafting.start_proposal(
                season=season, intent=intent, by=request.user, **form.cleaned_data
            )
            messages.success(request, f"{started.code} is started. Only its sponsors can see it.")
            return redirect("proposal_edit", started.pk)
    page = {"title": "Start a proposal", "back": reverse("proposals"), "back_label": "Proposals"}
    lede = f"Only its sponsors see the draft. {rules.late_start(season)}".strip()
    page |= {"lede": lede, "submit": "Start the draft"}
    return render(request, "setup/form.html", page | {"form": form})


@only(rules.can_open_late)
def late_edit(request):
    """The steward opens one proposal after the stage closed."""
    form = LateForm(request.POST or None, season=season_or_404(request))
    return form_page(
        request, form,
        lambda: submission.open_for_late_edit(by=request.user, **form.cleaned_data),
        back=reverse("proposals"), back_label="Proposals", title="Open one proposal late", submit="Open it",
        lede="Its sponsors can edit and submit it until the day that you choose.",
        done="The proposal is open for its sponsors again.",
    )  # fmt: skip
