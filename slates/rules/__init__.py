"""What stands in the way of building, freezing, approving and releasing; the doors stand beside."""

from collections.abc import Iterable, Sequence
from typing import Any

from people.models import Post, User
from proposals.models import Proposal
from proposals.workflow import ON_THE_TABLE

from ..arithmetic import fingerprint_of
from ..contents import content_of
from ..findings import Finding, binding_findings_of, standing_in_the_way
from ..models import Approval, Decision, Slate
from ..outcomes import problem_with
from ..sheet import Sheet
from ..workflow import BINDING, SlateStatus
from .doors import (
    can_approve,
    can_build,
    can_concur,
    can_decide,
    can_freeze,
    can_override,
    can_release,
    item_for,
    proposal_on_table,
    proposal_to_decide,
    slate_for,
    slates_for,
)
from .own import blockers_by_own_unit, named, own_proposals, own_unit_codes

__all__ = [
    "ROLE_OF_KEY",
    "Key",
    "awaited_keys",
    "blockers_by_own_unit",
    "blockers_to_add",
    "blockers_to_begin_release",
    "blockers_to_edit",
    "blockers_to_freeze",
    "blockers_to_name",
    "blockers_to_override",
    "blockers_to_release",
    "blockers_to_turn",
    "can_approve",
    "can_build",
    "can_concur",
    "can_decide",
    "can_freeze",
    "can_override",
    "can_release",
    "decision_problem",
    "holders_of",
    "item_for",
    "may_pass",
    "needed_keys",
    "own_proposals",
    "own_unit_codes",
    "proposal_on_table",
    "proposal_to_decide",
    "slate_for",
    "slates_for",
    "turned_keys",
    "undecided_rest",
]

Key = Approval.Key
ROLE_OF_KEY = {Key.CFO: Post.Role.CFO, Key.SUPERINTENDENT: Post.Role.SUPERINTENDENT}


def blockers_to_edit(slate: Slate) -> list[str]:
    if slate.status == SlateStatus.SCENARIO:
        return []
    if slate.status == SlateStatus.RELEASED:
        return ["The decisions of this slate are released; it can only be read."]
    return [f"“{slate.name}” is {slate.get_status_display().lower()}. Unfreeze it first to change it."]


def blockers_to_name(name: str, others: Iterable[Slate]) -> list[str]:
    """`others` are the slates of the season beside the one that gets the name."""
    taken = any(other.name.casefold() == name.strip().casefold() for other in others)
    return [f"There is a slate “{name.strip()}” already. Choose another name."] if taken else []


def blockers_to_add(slate: Slate, proposal: Proposal) -> list[str]:
    if proposal.season_id != slate.season_id or proposal.status not in ON_THE_TABLE:
        return [
            f"{proposal.code} is {proposal.get_status_display().lower()}; only vetted proposals can be added."
        ]
    if slate.items.filter(proposal=proposal).exists():
        return [f"{proposal.code} is on this slate already. Open it there to change amounts."]
    if not proposal.cost_lines.exists():
        return [
            f"{proposal.code} has no cost line, so there is nothing to buy. Decide on it without adding it."
        ]
    return []


def blockers_to_freeze(sheet: Sheet) -> list[str]:
    """Every reason why this slate cannot be frozen yet."""
    slate = sheet.slate
    if slate.status != SlateStatus.SCENARIO:
        return [f"“{slate.name}” is {slate.get_status_display().lower()} already."]
    reasons = _other_binding(sheet) + _still_under_review(sheet) + _undecided(sheet)
    reasons += [problem for proposal in _decided(sheet) if (problem := decision_problem(sheet, proposal))]
    return reasons + [finding.sentence for finding in standing_in_the_way(sheet)]


def _other_binding(sheet: Sheet) -> list[str]:
    other = next((slate for slate in sheet.others if slate.status in BINDING), None)
    if other is None:
        return []
    if other.status == SlateStatus.RELEASED:
        return [f"The decisions of this season are released with “{other.name}”."]
    return [
        f"“{other.name}” is {other.get_status_display().lower()}. Unfreeze it first: only one slate binds."
    ]


def _still_under_review(sheet: Sheet) -> list[str]:
    rows: list[Any] = sheet.under_review
    return [
        f"{proposal.code} {proposal.read_title} is {proposal.get_status_display().lower()}. "
        "It must be cleared or withdrawn first."
        for proposal in rows
    ]


def _undecided(sheet: Sheet) -> list[str]:
    codes = [p.code for p in sheet.proposals if p.status in ON_THE_TABLE and p.pk not in sheet.decisions]
    if not codes:
        return []
    named = ", ".join(codes[:12]) + (f" and {len(codes) - 12} more" if len(codes) > 12 else "")
    return [f"No decision with a reason yet: {named}. Open Decisions and give each one."]


def _decided(sheet: Sheet) -> list[Proposal]:
    return [p for p in sheet.proposals if p.pk in sheet.decisions and p.status in ON_THE_TABLE]


def decision_problem(sheet: Sheet, proposal: Proposal) -> str:
    """Where a stored decision no longer fits what is on the slate; empty when it fits."""
    decision: Decision = sheet.decisions[proposal.pk]
    if decision.version_id != sheet.newest_version_of(proposal):
        return f"{proposal.code} has a newer version than the one decided on. Confirm its decision."
    problems = problem_with(
        decision.outcome,
        is_on=bool(sheet.money_on(proposal).total),
        in_part=sheet.is_in_part(proposal),
        declined=False,  # said by the findings, with the ask
    )
    return f"{proposal.code}: {problems['outcome']}" if problems else ""


def undecided_rest(sheet: Sheet) -> list[Proposal]:
    """On the table, not on the slate, and without a decision."""
    named = {*sheet.decisions, *sheet.lines_of}
    return [p for p in sheet.proposals if p.status in ON_THE_TABLE and p.pk not in named]


def may_pass(sheet: Sheet) -> dict[str, Finding]:
    """Findings that the CFO may let pass, by key."""
    return {f.key: f for f in binding_findings_of(sheet) if f.blocking and f.may_be_overridden}


def blockers_to_override(sheet: Sheet, keys: Sequence[str]) -> list[str]:
    gone = sorted(set(keys) - set(may_pass(sheet)))
    return blockers_to_edit(sheet.slate) + [
        f"“{key}” does not stand or cannot be let pass. Reload the page." for key in gone
    ]


def needed_keys(slate: Slate, own: dict[str, list[str]] | None = None) -> set[str]:
    """Whose keys a frozen slate needs before it is approved; `own` unit codes if they were read already."""
    if slate.season.needs_concurrence or (own or own_unit_codes(slate))[Post.Role.CFO]:
        return {Key.CFO, Key.SUPERINTENDENT}
    return {Key.CFO}


def blockers_to_turn(
    sheet: Sheet, key: str, fingerprint: str, by: User, own: dict[str, list[str]] | None = None
) -> list[str]:
    """What stands in the way of a key, the sheet held against the fingerprint."""
    slate = sheet.slate
    if slate.status != SlateStatus.FROZEN:
        state = slate.get_status_display().lower()
        return [f"“{slate.name}” is {state}. Only a frozen slate can be approved; reload the page."]
    if fingerprint != slate.fingerprint:
        return [
            "This slate was unfrozen and changed after you opened it. Read it again before you approve it."
        ]
    if fingerprint_of(content_of(sheet)) != slate.fingerprint:
        return ["What is on this slate is not what was frozen. Unfreeze it and freeze it again."]
    turned = sheet.turned
    if key in turned:
        return [_turned_already(turned[key], slate, turned, by)]
    if any(approval.approved_by_id == by.pk for approval in turned.values()):
        return ["The second key must be turned by another person."]
    reasons = [finding.sentence for finding in standing_in_the_way(sheet)]
    return reasons + _own_unit_first(own or own_unit_codes(slate), key, turned)


def awaited_keys(slate: Slate, turned: dict[str, Approval]) -> str:
    """Who is awaited to turn the keys that are missing, by name; empty when all are turned."""
    return holders_of(needed_keys(slate) - set(turned))


def holders_of(keys: set[str]) -> str:
    """Who may turn these keys, by name; empty for none."""
    roles = [role for key, role in ROLE_OF_KEY.items() if key in keys]
    posts = Post.objects.current().filter(role__in=roles, person__is_active=True).select_related("person")
    holders = list(dict.fromkeys(post.person.name for post in posts.order_by("pk"))) if roles else []
    return " or ".join(holders) or " and ".join(role.label.lower() for role in roles)


def _turned_already(approval: Approval, slate: Slate, turned: dict[str, Approval], by: User) -> str:
    who = "You" if approval.approved_by_id == by.pk else str(approval.approved_by)
    did = "approved" if approval.key == Key.CFO else "concurred"
    awaited = awaited_keys(slate, turned)
    return f"{who} {did}." if not awaited else f"{who} {did}; {awaited} is awaited."


def _own_unit_first(own: dict[str, list[str]], key: str, turned: dict[str, Approval]) -> list[str]:
    """Nobody is first to judge an item of the own unit. Where both have one, the superintendent begins."""
    of_cfo, of_superintendent = own[Post.Role.CFO], own[Post.Role.SUPERINTENDENT]
    if key == Key.CFO:
        if of_cfo and Key.SUPERINTENDENT not in turned:
            return [f"{named(of_cfo)} of your own unit: the superintendent must concur first."]
        return []
    if of_superintendent and not of_cfo and Key.CFO not in turned:
        return [f"{named(of_superintendent)} of your own unit: the CFO must approve first."]
    return []


def blockers_to_release(slate: Slate, sheet: Sheet | None = None) -> list[str]:
    """The sheet where it was read already."""
    return blockers_to_begin_release(slate) or _changed_since(sheet or Sheet(slate))


def blockers_to_begin_release(slate: Slate) -> list[str]:
    if slate.status == SlateStatus.APPROVED:
        return []
    if slate.status == SlateStatus.FROZEN:
        missing = [Key(key).label for key in sorted(needed_keys(slate) - set(Sheet(slate).turned))]
        return [f"Still missing: {'; '.join(missing)}."]
    return [f"“{slate.name}” is {slate.get_status_display().lower()}. Freeze and approve it first."]


def _changed_since(sheet: Sheet) -> list[str]:
    """What came up after the keys were turned: an ask declined, an envelope lowered."""
    reasons = [finding.sentence for finding in standing_in_the_way(sheet)]
    if fingerprint_of(content_of(sheet)) != sheet.slate.fingerprint:
        reasons.append("What is on this slate is not what was approved.")
    if reasons:
        reasons.append("Unfreeze the slate, settle this, and have it approved again before the release.")
    return reasons
