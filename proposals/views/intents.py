"""Intents: the board, one of them with its hints, and the forms around it."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Window
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.composed import composed_once
from activity.form_page import form_page
from activity.keys import key_in
from activity.refused import refusals_as_messages, refusals_on
from goals.models import Goal, Season
from goals.shown import season_or_404
from people.access import members, only

from .. import rules
from ..actions import intents as verbs
from ..actions import offers
from ..forms.partners import CloseIntentForm, IntentForm, OfferForm, TalkForm
from ..models import Intent
from ..nearest import hints_among
from ..overlaps import hints_for_intent
from ..reading import around_intents
from ..rules import partners
from .board import page_of


@members
def intents(request):
    """Early ideas that look for partners, under their goals, newest first."""
    season = season_or_404(request)
    context = page_of(_filtered(_listed().filter(season=season.pk), request), request)
    around = around_intents(request.user, [row.pk for row in context["rows"]])
    others = hints_among(request.user, context["rows"], around)
    cards = [(row, around[row.pk], others.get(row.pk)) for row in context["rows"]]
    goals = Goal.objects.visible_to(request.user).filter(season=season.pk)
    goals = list(goals.values_list("pk", "code", "title", "problem_id"))
    query = request.GET.copy()
    query.pop("page", None)
    context |= {
        "shelves": _by_goal(cards, goals),
        "filters": [
            ("choice", "goal", "Goal", [(pk, f"{code} {title}") for pk, code, title, _ in goals]),
            ("yes", "partners", "Looks for my unit", ()),
            ("yes", "mine", "Of my unit", ()),
            ("yes", "closed", "Closed ones too", ()),
        ],
        "query": query.urlencode(),
        "can_post": rules.can_post_intent(request.user),
        "mine": request.user.unit_ids,
    }
    return render(request, "proposals/intents.html", context)


def _by_goal(cards: list[tuple], goals: list[tuple]) -> list[tuple[str, list[tuple]]]:
    """The cards under the first goal that each names, or else the one that belongs to its problem."""
    of_problem = {problem: pk for pk, _, _, problem in reversed(goals)}
    shelves: dict[int | None, list[tuple]] = {pk: [] for pk, *_ in goals} | {None: []}
    for card in cards:
        row, around, _ = card
        named = {pk for pk, _, _ in around.goals}
        goal = next((pk for pk, *_ in goals if pk in named), of_problem.get(row.problem_id))
        shelves[goal].append(card)
    headings = {pk: f"{code} {title}" for pk, code, title, _ in goals}
    return [(headings.get(pk, "No goal yet"), found) for pk, found in shelves.items() if found]


@composed_once
def _listed() -> QuerySet:
    rows = Intent.objects.with_names().annotate(total=Window(Count("pk")))
    return rows.values_list(
        "pk", "title", "idea", "looking_for", "unit_id", "unit_name", "problem_id", "problem_title",
        "posted_at", "posted_by_name", "closed_at", "total", named=True,
    )  # fmt: skip


def _filtered(rows, request):
    wanted, user = request.GET, request.user
    if not wanted.get("closed"):
        rows = rows.standing()
    if wanted.get("goal"):
        goal = key_in(wanted["goal"])
        named = Intent.goals.through.objects.filter(goal=goal).values("intent")
        problem = Goal.objects.filter(pk=goal).values("problem")
        rows = rows.filter(Q(pk__in=named) | Q(problem__in=problem)) if goal else rows.none()
    if wanted.get("partners"):
        looked_for = Intent.wanted.through.objects.filter(unit__in=user.unit_ids).values("intent")
        rows = rows.filter(pk__in=looked_for)
    if wanted.get("mine"):
        rows = rows.filter(unit__in=user.unit_ids)
    return rows


@members
def intent(request, pk):
    """One intent, who offered to join it, and who else works on the same."""
    found = rules.intent_for(request.user, pk)
    request.season = found.season
    around = around_intents(request.user, [pk])[pk]
    context = {
        "intent": found,
        "around": around,
        "hints": hints_for_intent(request.user, found) if found.closed_at is None else [],
        "offers": found.offers.filter(ended_at=None).select_related("unit"),
        "is_mine": partners.can_edit_intent(request.user, found),
        "can_act": rules.can_post_intent(request.user) and found.closed_at is None,
        "mine": request.user.unit_ids,
        "talks": found.talks.filter(to_unit__in=request.user.unit_ids).select_related("from_unit", "said_by"),
    }
    return render(request, "proposals/intent.html", context)


@only(rules.can_post_intent)
def intent_new(request):
    request.season = Season.objects.current_with_stages()
    season = season_or_404(request)
    form = IntentForm(request.POST or None, user=request.user, season=season)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            posted = verbs.post_intent(season=season, by=request.user, **form.values)
            messages.success(
                request, "Your intent is posted. Below stands who works on the same, if anybody does."
            )
            return redirect("intent", posted.pk)
    page = {
        "title": "Post an intent",
        "submit": "Post it",
        "back": reverse("intents"),
        "back_label": "Intents",
    }
    few = "A few sentences are enough. Everybody can read it and offer to join."
    page["lede"] = " ".join(rules.blockers_by_intents(season)) or few
    return render(request, "setup/form.html", page | {"form": form})


@members
def intent_edit(request, pk):
    found = rules.intent_for(request.user, pk)
    form = IntentForm(request.POST or None, instance=found, user=request.user, season=found.season)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            verbs.edit_intent(intent=found, values=form.values, by=request.user, began=form.began)
            messages.success(request, "Saved.")
            return redirect("intent", pk)
    if form.is_bound:
        form.catch_up(verbs.intent_values(rules.intent_for(request.user, pk)))
    page = {"title": "Change the intent", "back": reverse("intent", args=[pk]), "back_label": found.title}
    return render(request, "proposals/intent_edit.html", page | {"form": form})


@members
def intent_close(request, pk):
    found = rules.intent_for(request.user, pk)
    form = CloseIntentForm(request.POST or None)
    return form_page(
        request, form,
        lambda: verbs.close_intent(intent=found, by=request.user, **form.cleaned_data),
        back=reverse("intent", args=[pk]), back_label=found.title, title="Close the intent",
        lede="It leaves the board and stays readable. Nobody can join it any more.", submit="Close it",
        done="The intent is closed.",
    )  # fmt: skip


@only(rules.can_post_intent)
def intent_join(request, pk):
    """Offer to write it together."""
    found = rules.intent_for(request.user, pk)
    form = OfferForm(request.POST or None, user=request.user)
    return form_page(
        request, form,
        lambda: offers.offer_to_join_intent(intent=found, by=request.user, **form.cleaned_data),
        back=reverse("intent", args=[pk]), back_label=found.title, title=f"Join {found.unit}",
        lede="Your unit becomes a co-sponsor once a proposal is started from this intent. "
        "You sign on later, when you see what it says and what it costs.",
        submit="Join as co-sponsor", done="Your unit has joined. The unit that posted it is told.",
    )  # fmt: skip


@only(rules.can_post_intent)
def intent_talk(request, pk):
    """A first word to the unit behind it."""
    found = rules.intent_for(request.user, pk)
    form = TalkForm(request.POST or None, user=request.user)
    return form_page(
        request, form,
        lambda: verbs.talk_about_intent(intent=found, by=request.user, **form.cleaned_data),
        back=reverse("intent", args=[pk]), back_label=found.title, title=f"Talk with {found.unit}",
        lede=f"About “{found.title}”. Its head and deputy get your words; you meet where you like.",
        submit="Send it", done=f"Your words are on their way to the head and the deputy of {found.unit}.",
    )  # fmt: skip


@members
def talk(request, pk):
    """What one unit wrote to another."""
    found = partners.talk_for(request.user, pk)
    is_ours = request.user.works_for(found.to_unit_id)
    return render(request, "proposals/talk.html", {"talk": found, "is_ours": is_ours})


@members
def talk_done(request, pk):
    found = partners.talk_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            verbs.note_talked(talk=found, by=request.user)
            messages.success(request, "Noted: you have talked.")
    return redirect("talk", pk)


@members
def offer_end(request, pk):
    found = partners.offer_for(request.user, pk)
    back = (
        redirect("proposal_sponsors", found.proposal_id)
        if found.proposal_id
        else redirect("intent", found.intent_id)
    )
    if request.method == "POST":
        with refusals_as_messages(request):
            offers.end_offer(offer=found, by=request.user)
            messages.success(request, f"The offer of {found.unit} is ended.")
            return (
                back
                if not found.proposal_id or rules.is_sponsor(request.user, found.proposal)
                else redirect("proposals")
            )
    return back
