"""The release: two floors in one transaction. Decisions go out, and what is funded begins."""

from django.contrib import messages
from django.shortcuts import redirect, render

from activity.actions import recorded_together
from activity.refused import refusals_as_messages
from investments.actions.opening import open_investments
from people.access import only
from slates import rules
from slates.actions.locking import holding
from slates.actions.release import release as release_decisions
from slates.contents import outcomes_of, total_of


@only(rules.can_release)
def release(request, pk):
    if request.method == "POST":
        with refusals_as_messages(request), holding(request.user, pk) as slate, recorded_together():
            release_decisions(slate=slate, by=request.user)
            open_investments(slate=slate, by=request.user)
            messages.success(request, "All decisions are released, and what is funded has begun.")
            return redirect("decisions")
        return redirect("slate_release", pk)
    slate = rules.slate_for(request.user, pk)
    page = {"slate": slate, "outcomes": outcomes_of(slate), "blockers": rules.blockers_to_release(slate)}
    page["total"] = total_of(slate)
    return render(request, "desk/release.html", page)
