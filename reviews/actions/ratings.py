"""Rating a proposal on the criteria of the rubric."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from people.models import User
from proposals.actions.baton import locked_with_sponsors
from proposals.models import Proposal

from .. import rules
from ..models import Assignment, Criterion, Rating
from ..scores import criteria_of

ONCE = ["version", "criterion", "reviewer"]
CHANGED = ["value", "comment", "is_advisory", "rated_at", "is_imported"]


@transaction.atomic
def rate(
    *,
    proposal: Proposal,
    ratings: Mapping[int, tuple[int | None, str]],
    by: User,
    criteria: Iterable[Criterion] | None = None,
) -> list[Rating]:
    """Rate the version that reviewers read. Raises Refused.

    `ratings` holds (value, comment) by criterion key. None leaves a criterion out and takes back
    what this reviewer gave it on the same substance. Whoever speaks to every criterion at once has
    finished and may see what others gave. `criteria` are given where they are read already.
    """
    proposal = locked_with_sponsors(proposal)
    assignment, version = rules.assignment_of(by, proposal), rules.gate_of(proposal)
    why_not = rules.why_not_rate(by, proposal, assignment)
    allow(not why_not, why_not)
    rubric = {c.pk: c for c in (criteria_of(proposal.season) if criteria is None else criteria)}
    refuse_if(rules.blockers_to_rate(proposal) or _faults(proposal, rubric, ratings))
    if assignment is None or version is None:
        raise Refused("There is no submitted version to rate yet.")
    given = [
        Rating(
            version=version, criterion_id=key, reviewer=by, value=value, comment=comment.strip(),
            is_advisory=assignment.is_advisory, rated_at=clock.now(),
        )
        for key, (value, comment) in ratings.items()
        if value is not None
    ]  # fmt: skip
    Rating.objects.bulk_create(given, update_conflicts=True, unique_fields=ONCE, update_fields=CHANGED)
    left_out = [key for key, (value, _) in ratings.items() if value is None]
    same = Rating.objects.filter(version__proposal=proposal, version__substance=version.substance)
    same.filter(reviewer=by, criterion__in=left_out).delete()
    if assignment.finished_at is None and set(ratings) == set(rubric):
        Assignment.objects.filter(pk=assignment.pk).update(finished_at=clock.now())
    record("rate", proposal, f"rated {proposal.code} on {len(given)} of {len(rubric)} criteria", by=by)
    return given


def _faults(proposal: Proposal, criteria: Mapping[int, Criterion], ratings: Mapping) -> list[str]:
    lowest, highest = proposal.season.rating_from, proposal.season.rating_to
    if not criteria:
        return ["The season has no rubric yet. The steward sets it up."]
    faults = []
    for key, (value, comment) in ratings.items():
        if key not in criteria:
            return ["A criterion was changed meanwhile. Please reload the page."]
        if value is not None and not lowest <= value <= highest:
            faults.append(f"{criteria[key]}: choose a rating from {lowest} to {highest}.")
        if value is None and comment.strip():
            faults.append(f"{criteria[key]}: choose a rating with your comment, or clear the comment.")
    if not any(value is not None for value, _ in ratings.values()):
        faults.append("Rate at least one criterion; the others may be left out.")
    return faults
