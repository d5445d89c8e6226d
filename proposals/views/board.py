"""The list of proposals, the board of intents, and starting something new."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Sum, Window
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.keys import key_in
from activity.refused import refusals_on
from goals.models import Goal
from goals.shown import season_or_404
from people.access import members, only

from .. import rules
from ..actions import drafting, submission
from ..forms.texts import IntentForm, LateForm, StartForm
from ..models import CostLine, Intent, Proposal
from ..reading import goals_of, sponsors_of
from ..workflow import Status

ROWS = 50
COLUMNS = ("pk", "code", "status", "read_title", "read_content", "first_year_cents")


@members
def proposals(request):
    """Every proposal that this person may see, filtered."""
    season = season_or_404(request)
    visible = Proposal.objects.visible_to(request.user).filter(season=season)
    rows = _filtered(rules.as_read_by(request.user, visible), request)
    page = _page(_with_cents(rows), request, COLUMNS)
    keys = [row.pk for row in page["rows"]]
    sponsors, served = sponsors_of(keys), goals_of(keys)
    query = request.GET.copy()
    query.pop("page", None)
    goals = Goal.objects.visible_to(request.user).filter(season=season)
    context = {
        **page,
        "rows": [(row, sponsors.get(row.pk, []), served.get(row.pk, [])) for row in page["rows"]],
        "query": query.urlencode(),
        "goals": goals.values_list("pk", "code", "title"),
        "statuses": Status.choices,
        "first_year": season.years[0],
        "can_start": rules.can_start_proposal(request.user),
        "can_open_late": rules.can_open_late(request.user),
    }
    return render(request, "proposals/list.html", context)


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
        rows = rows.filter(Q(read_title__icontains=text) | Q(code__iexact=text))
    return rows


def _with_cents(rows):
    lines = CostLine.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return rows.annotate(first_year_cents=Subquery(lines.annotate(cents=Sum("year1_cents")).values("cents")))


def _page(rows, request, columns: tuple[str, ...] = ()) -> dict:
    """One page and the number of all rows, in one query; plain rows where columns are named."""
    number = request.GET.get("page", "1")
    number = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    start = (number - 1) * ROWS
    rows = rows.annotate(total=Window(Count("pk")))
    if columns:
        rows = rows.values_list(*columns, "total", named=True)
    found = list(rows[start : start + ROWS])
    total = found[0].total if found else 0
    return {
        "rows": found,
        "total": total,
        "earlier": number - 1,
        "later": number + 1 if start + len(found) < total else 0,
    }


@members
def intents(request):
    """Early ideas that look for partners, newest first."""
    season = season_or_404(request)
    started = Prefetch("proposals", Proposal.objects.visible_to(request.user))
    rows = Intent.objects.filter(season=season).select_related("unit", "problem", "posted_by")
    context = _page(rows.prefetch_related(started), request)
    context |= {"can_post": rules.can_post_intent(request.user)}
    return render(request, "proposals/intents.html", context)


@only(rules.can_post_intent)
def intent_new(request):
    season = season_or_404(request)
    form = IntentForm(request.POST or None, user=request.user, season=season)
    return form_page(
        request, form,
        lambda: drafting.post_intent(season=season, by=request.user, **form.cleaned_data),
        back=reverse("intents"), back_label="Intents", title="Post an intent", submit="Post it",
        lede="A few sentences are enough. Everybody can read it and offer to join.",
        done="Your intent is posted. Everybody can see what you look for.",
    )  # fmt: skip


@members
def proposal_new(request):
    """Start a draft, fresh or from an intent."""
    if not rules.can_start_proposal(request.user):
        raise PermissionDenied
    season = season_or_404(request)
    key = key_in(request.GET.get("intent"))
    intent = rules.intent_for(request.user, key) if key else None
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
    page |= {"lede": "Only its sponsors see the draft.", "submit": "Start the draft"}
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
