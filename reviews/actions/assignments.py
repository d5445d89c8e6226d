"""Assigning reviewers, and stepping back from judging."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from goals.models import Season
from people.models import User
from people.rules import is_steward
from proposals.models import Proposal
from proposals.workflow import UNDER_REVIEW

from .. import rules
from ..conflicts import conflicts_among
from ..models import Assignment
from ..reading import not_complete

NOBODY_LEFT = "Nobody is left to assign: the others are assigned already or have a conflict."
PAST = "The due date has passed already. Choose today or a later day."


@transaction.atomic
def assign_reviewers(
    *,
    season: Season,
    by: User,
    proposals: Iterable[Proposal] | None = None,
    reviewers: Iterable[User] | None = None,
    due_on: date | None = None,
    advisory: bool = False,
) -> int:
    """Assign reviewers to proposals under review; returns how many are new or due anew. Raises Refused.

    Without further words: every cabinet member and, where heads rate, every head of a central unit,
    to every proposal under review; others rate as advisory reviewers alone. Conflicts are left
    out. Assignments that stand already get the day where one is given and the ratings are not complete.
    """
    allow(is_steward(by), "The steward assigns reviewers.")
    wanted = season.proposals.under_review()
    if proposals is not None:
        proposals = list(proposals)
        refuse_if([] if proposals else ["Tick at least one proposal."])
        wanted = wanted.filter(pk__in=[proposal.pk for proposal in proposals])
    wanted = list(wanted.select_for_update(of=("self",)).order_by("pk"))
    people = rules.default_reviewers(season) if reviewers is None else list(reviewers)
    unfit = [] if reviewers is None or advisory else rules.blockers_to_rate_in_score(season, people)
    refuse_if(_blockers(wanted, people, due_on) or unfit)
    apart = conflicts_among(people, wanted)
    given = {"is_advisory": advisory, "due_on": due_on, "assigned_at": clock.now(), "assigned_by": by}
    new = _unassigned(wanted, people, apart, given)
    moved = _to_move(wanted, people, due_on)
    refuse_if([] if new or moved else [NOBODY_LEFT])
    Assignment.objects.filter(pk__in=[row.pk for row in moved]).update(due_on=due_on)
    Assignment.objects.bulk_create(new, batch_size=500)
    details: dict[str, Any] = {
        "proposals": sorted({row.proposal.code for row in [*new, *moved]}),
        "assignments": len(new),
        "due_on_another_day": len(moved),
        "left_out_for_conflict": len(apart),
    }
    record("assign reviewers", season, _in_words(new, moved, due_on), by=by, **details)
    return len(new) + len(moved)


def _in_words(new: list[Assignment], moved: list[Assignment], due_on: date | None) -> str:
    words = []
    if new:
        who = _count(len({row.reviewer_id for row in new}), "reviewer")
        words.append(f"assigned {who} to {_count(len({row.proposal_id for row in new}), 'proposal')}")
    if moved:
        words.append(f"set {_count(len(moved), 'review')} due on {due_on:%d %b %Y}")
    return " and ".join(words)


def _to_move(proposals: list[Proposal], people: list[User], due_on: date | None) -> list[Assignment]:
    """Assignments whose ratings are not complete and that are due on another day than this."""
    if due_on is None:
        return []
    standing = Assignment.objects.filter(proposal__in=proposals, reviewer__in=people, recused_at=None)
    return list(not_complete(standing.exclude(due_on=due_on)).select_related("proposal"))


@transaction.atomic
def recuse(*, assignment: Assignment, reason: str, by: User) -> Assignment:
    """Step back from judging a proposal; the ratings given no longer count. Raises Refused."""
    assignment = _locked(assignment)
    allow(rules.can_recuse(by, assignment), "The reviewer or the steward does this.")
    refuse_if(_blockers_to_recuse(assignment, reason))
    assignment.recused_at, assignment.recused_by = clock.now(), by
    assignment.recusal_reason = reason.strip()
    assignment.save(update_fields=["recused_at", "recused_by", "recusal_reason"])
    whom = "" if by.pk == assignment.reviewer_id else f" {assignment.reviewer}"
    record(
        "recuse",
        assignment.proposal,
        f"recused{whom} from judging {assignment.proposal.code}: {assignment.recusal_reason}",
        by=by,
        integrity=True,
        reviewer=str(assignment.reviewer_id),
    )
    return assignment


@transaction.atomic
def take_recusal_back(*, assignment: Assignment, by: User) -> Assignment:
    """Judge after all; ratings given before count again. Raises Refused."""
    assignment = _locked(assignment)
    allow(
        rules.can_take_recusal_back(by, assignment),
        f"Only the steward takes this back, or {assignment.reviewer} who stepped back in person.",
    )
    if not assignment.recused_at:
        raise Refused(f"{assignment.reviewer} has not stepped back. Please reload the page.")
    refuse_if(rules.blockers_to_rate(assignment.proposal))
    assignment.recused_at, assignment.recused_by, assignment.recusal_reason = None, None, ""
    assignment.save(update_fields=["recused_at", "recused_by", "recusal_reason"])
    whose = "their recusal" if by.pk == assignment.reviewer_id else f"the recusal of {assignment.reviewer}"
    record(
        "take recusal back",
        assignment.proposal,
        f"took back {whose} from judging {assignment.proposal.code}",
        by=by,
        integrity=True,
        reviewer=str(assignment.reviewer_id),
    )
    return assignment


def _locked(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("proposal__season", "reviewer").get(pk=assignment.pk)


def _blockers_to_recuse(assignment: Assignment, reason: str) -> list[str]:
    if assignment.recused_at:
        return [f"{assignment.reviewer} stepped back already."]
    if assignment.proposal.status not in UNDER_REVIEW:
        return [f"The review of {assignment.proposal.code} has ended."]
    return [] if reason.strip() else ["Give the reason; it stands in the integrity log."]


def _unassigned(proposals: list[Proposal], people: list[User], apart: set, given: dict) -> list[Assignment]:
    """Assignments that are missing, without conflicts, each with what is `given` for all."""
    taken = set(Assignment.objects.filter(proposal__in=proposals).values_list("proposal_id", "reviewer_id"))
    return [
        Assignment(proposal=proposal, reviewer=reviewer, **given)
        for proposal in proposals
        for reviewer in people
        if (reviewer.pk, proposal.pk) not in apart and (proposal.pk, reviewer.pk) not in taken
    ]


def _blockers(proposals: list, people: list, due_on: date | None) -> list[str]:
    if due_on and due_on < clock.today():
        return [PAST]
    if not proposals:
        return ["No proposal is under review. Choose submitted proposals."]
    return [] if people else ["Nobody holds such a post. Add people in the set-up first."]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
