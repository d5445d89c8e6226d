"""The sizes of a proposal and its milestones."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity.actions import record
from activity.refused import Refused
from people.models import User

from ..models import Proposal, ProposalMilestone, Scale
from .baton import locked_with_sponsors
from .drafting import allow_edit, touch
from .meanwhile import as_a_whole, refuse_if_changed, to_write, told_in_history

SCALE_LABELS = {
    "year1_cents": "first year", "year2_cents": "second year", "year3_cents": "third year",
    "effect": "expected effect", "changes": "what changes",
}  # fmt: skip
SCALE_GONE = (
    "Somebody removed this size while you were writing. All of yours is kept below: save it again to put it "
    "back whole, or leave the page."
)
MILESTONE_LABELS = {"what": "what is done", "due_on": "by when", "unit": "by whom"}


@transaction.atomic
def set_scale(
    *, proposal: Proposal, kind: str, values: Mapping[str, Any], by: User,
    began: Mapping[str, Any] | None = None,
) -> Scale:  # fmt: skip
    """Say what the scaled, full or bold size would be. Raises Refused, also when others removed the size
    that was shown with `began`: writing back only what was changed would leave the rest of it empty."""
    proposal = _to_edit(proposal, by)
    found = proposal.scales.filter(kind=kind).first()
    if found is None and began and began.get("effect"):  # no size stands without its effect
        raise Refused(SCALE_GONE)
    scale = found or Scale(proposal=proposal, kind=kind)
    mine = {name: values[name] for name in SCALE_LABELS if name in values}
    if not str(mine.get("effect", scale.effect)).strip():
        raise Refused("Say what effect this size is expected to have.")
    stands = {name: getattr(scale, name) for name in mine}
    says = as_a_whole(f"described the {scale.get_kind_display().lower()} size")
    acts = told_in_history(proposal, "set scale", says, "merge")
    changed = to_write(began=began or {}, stands=stands, mine=mine, labels=SCALE_LABELS, acts=acts)
    if not changed:
        return scale
    for name, value in changed.items():
        setattr(scale, name, value)
    scale.save()
    touch(proposal, by)
    record("set scale", proposal, f"described the {scale.get_kind_display().lower()} size", by=by)
    return scale


@transaction.atomic
def remove_scale(
    *, proposal: Proposal, kind: str, by: User, began: Mapping[str, Any] | None = None
) -> Proposal:
    """Take a size out. Raises Refused, also when others changed it since it was shown with `began`."""
    proposal = _to_edit(proposal, by)
    scale = proposal.scales.filter(kind=kind).first()
    if scale is None:
        raise Refused("This size is not described, or somebody removed it a moment ago.")
    refuse_if_changed(began or {}, {name: getattr(scale, name) for name in SCALE_LABELS}, "this size")
    scale.delete()
    touch(proposal, by)
    record("remove scale", proposal, f"removed the {Scale.Kind(kind).label.lower()} size", by=by)
    return proposal


@transaction.atomic
def add_milestone(*, proposal: Proposal, values: Mapping[str, Any], by: User) -> ProposalMilestone:
    """Add what is done by when, by whom. Raises Refused."""
    proposal = _to_edit(proposal, by)
    milestone = proposal.milestones.create(**{name: values[name] for name in MILESTONE_LABELS})
    touch(proposal, by)
    record("add milestone", proposal, f"added the milestone “{milestone.what}”", by=by)
    return milestone


@transaction.atomic
def change_milestone(
    *, milestone: ProposalMilestone, values: Mapping[str, Any], by: User,
    began: Mapping[str, Any] | None = None,
) -> ProposalMilestone:  # fmt: skip
    """Change a milestone. Raises Refused; fields that only others changed stay theirs."""
    proposal = _to_edit(milestone.proposal, by)
    milestone = _milestone(proposal, milestone)
    mine = {name: values[name] for name in MILESTONE_LABELS if name in values}
    stands = {name: getattr(milestone, name) for name in mine}
    says = as_a_whole(f"changed the milestone “{milestone.what}”")
    acts = told_in_history(proposal, "change milestone", says)
    changed = to_write(began=began or {}, stands=stands, mine=mine, labels=MILESTONE_LABELS, acts=acts)
    if changed:
        for name, value in changed.items():
            setattr(milestone, name, value)
        milestone.save(update_fields=list(changed))
        touch(proposal, by)
        record("change milestone", proposal, f"changed the milestone “{milestone.what}”", by=by)
    return milestone


@transaction.atomic
def remove_milestone(
    *, milestone: ProposalMilestone, by: User, began: Mapping[str, Any] | None = None
) -> Proposal:
    """Take a milestone out. Raises Refused, also when others changed it since it was shown with `began`."""
    proposal = _to_edit(milestone.proposal, by)
    milestone = _milestone(proposal, milestone)
    stands = {name: getattr(milestone, name) for name in MILESTONE_LABELS}
    refuse_if_changed(began or {}, stands, f"“{milestone.what}”")
    milestone.delete()
    touch(proposal, by)
    record("remove milestone", proposal, f"removed the milestone “{milestone.what}”", by=by)
    return proposal


def _to_edit(proposal: Proposal, by: User) -> Proposal:
    proposal = locked_with_sponsors(proposal)
    allow_edit(proposal, by)
    return proposal


def _milestone(proposal: Proposal, milestone: ProposalMilestone) -> ProposalMilestone:
    found = proposal.milestones.select_related("unit").filter(pk=milestone.pk).first()
    if found is None:
        raise Refused("Somebody removed this milestone a moment ago. Add it again if it is still needed.")
    return found
