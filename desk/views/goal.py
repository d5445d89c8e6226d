"""A goal with everything that hangs on it: measures, causes, what was heard, and its proposals."""

from django.db.models import Prefetch
from django.shortcuts import render

from goals.models import Observation, RootCause
from goals.rules import (
    blockers_to_publish_goal,
    blockers_to_unpublish_goal,
    can_change_goal,
    can_publish_goal,
    goal_for,
)
from people.access import members
from proposals.models import Proposal
from proposals.rules import title_read
from proposals.workflow import Status


@members
def goal(request, pk):
    row = goal_for(request.user, pk)
    causes = list(row.causes.all())
    may_publish = can_publish_goal(request.user)
    context = {
        "goal": row,
        "measures": _measures(row),
        "confirmed": [cause for cause in causes if cause.status == RootCause.Status.CONFIRMED],
        "ruled_out": [cause for cause in causes if cause.status == RootCause.Status.RULED_OUT],
        "notes": row.listening_notes.all(),
        "partners": row.partners.all(),
        "proposals": _proposals(request.user, row),
        "may_change": can_change_goal(request.user, row),
        "may_publish": may_publish,
        "blockers": blockers_to_publish_goal(row) if not row.published_on else [],
        "may_unpublish": may_publish and not blockers_to_unpublish_goal(row),
    }
    return render(request, "desk/goal.html", context)


def _measures(goal):
    """Its measures with milestones and the values of the whole district, as they are drawn."""
    counted = Observation.objects.filter(school=None, group="All").order_by("on")
    drawn = ("milestones", Prefetch("observations", counted, to_attr="counted"))
    return goal.measures.select_related("collected_by").prefetch_related(*drawn)


def _proposals(user, goal):
    """Proposals for this goal that the person may see, with their sponsors."""
    return (
        Proposal.objects.visible_to(user)
        .filter(goals=goal)
        .annotate(read_title=title_read(units=user.unit_ids))
        .exclude(status=Status.MERGED)  # it is told with the one that it went into
        .prefetch_related("sponsorships__unit")
        .order_by("code")
    )
