"""The queue of reviewers and steward, and the overview of all scores."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.keys import key_in
from activity.refused import refusals_on
from goals.shown import season_or_404, season_shown
from people.access import members, only
from people.rules import is_steward

from .. import rules
from ..actions import assignments, passing
from ..forms import QueueForm
from ..overview import Overview, Sorting
from ..reading import my_reviews, queue_page

MOST_PAGES = 10_000


@members
def vetting(request):
    return _queue(request)


def _queue(request, form=None, chosen=()):
    season = season_shown(request)
    number = _number(request, "mine")
    mine, has_more = my_reviews(season, request.user, number)
    page = {"mine": mine, "earlier": number - 1, "later": number + 1 if has_more else 0}
    page["sees_scores"] = rules.can_see_scores(request.user)
    if is_steward(request.user):
        page["queue"] = queue_page(season, _number(request, "page"))
        page["form"], page["chosen"] = form or QueueForm(), chosen
    return render(request, "reviews/vetting.html", page)


def _number(request, name: str) -> int:
    return min(key_in(request.GET.get(name)) or 1, MOST_PAGES)


@only(is_steward)
def vetting_act(request):
    """Assign, return or clear the proposals chosen in the queue."""
    if request.method != "POST":
        return redirect("vetting")
    season = season_or_404(request)
    form = QueueForm(request.POST)
    keys = [key for text in request.POST.getlist("proposal")[:500] if (key := key_in(text))]
    if form.is_valid():
        with refusals_on(form):
            chosen = list(season.proposals.under_review().filter(pk__in=keys))
            act = ACTS[form.cleaned_data["act"]]
            messages.success(request, act(season, chosen, form.cleaned_data, request.user))
            return redirect("vetting")
    return _queue(request, form, keys)


def _assign(season, chosen, data, by) -> str:
    advisory = data["who"] == "advisory"
    count = assignments.assign_reviewers(
        season=season,
        by=by,
        proposals=chosen,
        reviewers=rules.advisory_reviewers() if advisory else None,
        due_on=data["due_on"],
        advisory=advisory,
    )
    again = " or due on the new date" if data["due_on"] else ""
    return f"{count} review{'' if count == 1 else 's'} assigned{again}. Conflicts were left out."


def _return(season, chosen, data, by) -> str:
    count = passing.return_all(season=season, proposals=chosen, note=data["note"], by=by)
    return f"{count} proposal{'' if count == 1 else 's'} returned for revision."


def _clear(season, chosen, data, by) -> str:
    count = passing.clear_all(season=season, proposals=chosen, by=by, sure=data["sure"])
    return f"{count} proposal{'' if count == 1 else 's'} cleared. Slates may list them now."


ACTS = {"assign": _assign, "return": _return, "clear": _clear}


@only(rules.can_see_scores)
def vetting_overview(request):
    sort = request.GET.get("sort", "")
    shown = Overview(season_shown(request), request.user, Sorting.of(sort), request.GET.get("page"))
    return render(request, "reviews/overview.html", {"overview": shown, "sort": sort})
