"""Who may build, decide, approve and release, and what stands in the way. Nobody else sees a slate."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import Http404

from people.models import Post, User
from people.rules import is_cfo, is_decider, is_superintendent
from proposals.models import Proposal, Sponsorship
from proposals.workflow import ON_THE_TABLE, UNDER_REVIEW

from .arithmetic import fingerprint_of
from .contents import content_of
from .findings import Finding, findings_of, standing_in_the_way
from .models import Approval, Decision, Slate, SlateItem
from .outcomes import problem_with
from .sheet import Sheet
from .workflow import BINDING, SlateStatus

Key = Approval.Key
ROLE_OF_KEY = {Key.CFO: Post.Role.CFO, Key.SUPERINTENDENT: Post.Role.SUPERINTENDENT}

can_build = is_decider
can_decide = is_decider
can_freeze = is_decider
can_release = is_decider
can_approve = is_cfo
can_override = is_cfo
can_concur = is_superintendent


def slate_for(user: User, pk: int) -> Slate:
    """The one door to a slate: deciders only."""
    slate = Slate.objects.select_related("season").filter(pk=pk).first() if can_build(user) else None
    if slate is None:
        raise Http404
    return slate


def proposal_on_table(slate: Slate, pk: int) -> Proposal:
    """A proposal of the slate's season that it may list."""
    proposal = Proposal.objects.on_the_table().filter(season=slate.season, pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal


def item_for(slate: Slate, pk: int) -> SlateItem:
    """An item of a slate that the person may see already."""
    item = slate.items.select_related("proposal").filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


def blockers_to_edit(slate: Slate) -> list[str]:
    if slate.status == SlateStatus.SCENARIO:
        return []
    if slate.status == SlateStatus.RELEASED:
        return ["The decisions of this slate are released; it can only be read."]
    return [f"“{slate.name}” is {slate.get_status_display().lower()}. Unfreeze it first to change it."]


def blockers_to_name(season, name: str, but: Slate | None = None) -> list[str]:
    others = season.slates.filter(name__iexact=name.strip()).exclude(pk=but.pk if but else None)
    return [f"There is a slate “{name.strip()}” already. Choose another name."] if others.exists() else []


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
    reasons = _other_binding(slate) + _still_under_review(slate) + _undecided(sheet)
    reasons += [problem for proposal in _decided(sheet) if (problem := decision_problem(sheet, proposal))]
    return reasons + [finding.sentence for finding in standing_in_the_way(sheet)]


def _other_binding(slate: Slate) -> list[str]:
    other = Slate.objects.filter(season=slate.season_id, status__in=BINDING).exclude(pk=slate.pk).first()
    if other is None:
        return []
    if other.status == SlateStatus.RELEASED:
        return [f"The decisions of this season are released with “{other.name}”."]
    return [
        f"“{other.name}” is {other.get_status_display().lower()}. Unfreeze it first: only one slate binds."
    ]


def _still_under_review(slate: Slate) -> list[str]:
    waiting = Proposal.objects.filter(season=slate.season_id, status__in=UNDER_REVIEW)
    return [
        f"{proposal} is {proposal.get_status_display().lower()}. It must be cleared or withdrawn first."
        for proposal in waiting.only("code", "title", "status")
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
    open_ones = [p for p in sheet.proposals if p.status in ON_THE_TABLE and p.pk not in sheet.decisions]
    return [proposal for proposal in open_ones if proposal.pk not in sheet.lines_of]


def may_pass(sheet: Sheet) -> dict[str, Finding]:
    """Findings that the CFO may let pass, by key."""
    return {f.key: f for f in findings_of(sheet) if f.blocking and f.may_be_overridden}


def blockers_to_override(sheet: Sheet, keys: Sequence[str]) -> list[str]:
    reasons, possible = blockers_to_edit(sheet.slate), may_pass(sheet)
    gone = [key for key in keys if key not in possible]
    return reasons + [f"“{key}” does not stand or cannot be let pass. Reload the page." for key in gone]


def _own(role: str, holders: Sequence[int] | None = None) -> Q:
    """Sponsorships that stand too near to whoever holds a role today, or to these holders.

    Units of their posts; for the CFO the home unit too, and those they answer for in the cabinet. The
    superintendent answers for all units and is meant by the own posts only.
    """
    if holders is None:
        posts = Post.objects.current().filter(role=role).order_by()
        people = User.objects.filter(pk__in=posts.values("person_id")).order_by()
    else:
        people = User.objects.filter(pk__in=holders).order_by()
    own = Q(unit_id__in=Post.objects.current().filter(person__in=people).order_by().values("unit_id"))
    if role == Post.Role.SUPERINTENDENT:
        return own
    return own | Q(unit_id__in=people.values("unit_id")) | Q(unit__cabinet_member__in=people)


def own_unit_codes(slate: Slate, role: str) -> list[str]:
    """Codes of proposals on the slate, or decided with it, that stand too near to the holder of a role."""
    standing = Sponsorship.objects.standing().filter(
        Q(proposal__slate_items__slate=slate) | Q(proposal__versions__decisions__slate=slate), _own(role)
    )
    return sorted(set(standing.values_list("proposal__code", flat=True)))


def own_proposals(sheet: Sheet, by: User) -> set[int]:
    """Keys of proposals on which the other decider writes the decision.

    Where both stand too near, the superintendent writes it, as head of all.
    """
    listed = Sponsorship.objects.standing().filter(proposal__in=list(sheet.by_pk)).order_by()
    if not is_superintendent(by):
        return set(listed.filter(_own(Post.Role.CFO, [by.pk])).values_list("proposal_id", flat=True))
    mine = listed.filter(_own(Post.Role.SUPERINTENDENT, [by.pk])).values_list("proposal_id", flat=True)
    return set(mine) - set(listed.filter(_own(Post.Role.CFO)).values_list("proposal_id", flat=True))


def blockers_by_own_unit(sheet: Sheet, changed: Sequence[int], by: User) -> list[str]:
    """Nobody writes the decision on a proposal of the own unit."""
    if not changed:
        return []
    other = "CFO" if is_superintendent(by) else "superintendent"
    own = sorted(sheet.by_pk[pk].code for pk in own_proposals(sheet, by).intersection(changed))
    return [f"{_named(own)} of your own unit: the {other} writes the decision."] if own else []


def needed_keys(slate: Slate) -> set[str]:
    """Whose keys a frozen slate needs before it is approved."""
    if slate.season.needs_concurrence or own_unit_codes(slate, Post.Role.CFO):
        return {Key.CFO, Key.SUPERINTENDENT}
    return {Key.CFO}


def turned_keys(slate: Slate) -> dict[str, Approval]:
    """Keys turned on the slate as it stands frozen."""
    approvals = slate.approvals.filter(fingerprint=slate.fingerprint).select_related("approved_by")
    return {approval.key: approval for approval in approvals}


def blockers_to_turn(sheet: Sheet, key: str, fingerprint: str, by: User) -> list[str]:
    """What stands in the way of the CFO's approval, or of the superintendent's concurrence.

    The sheet is one with principles, since it is held against the fingerprint.
    """
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
    turned = turned_keys(slate)
    if key in turned:
        return [_turned_already(turned[key], slate, turned, by)]
    if any(approval.approved_by_id == by.pk for approval in turned.values()):
        return ["The second key must be turned by another person."]
    reasons = [finding.sentence for finding in standing_in_the_way(sheet)]
    return reasons + _own_unit_first(slate, key, turned)


def awaited_keys(slate: Slate, turned: dict[str, Approval]) -> str:
    """Who is awaited to turn the keys that are missing, by name; empty when all are turned."""
    missing = needed_keys(slate) - set(turned)
    roles = [role for key, role in ROLE_OF_KEY.items() if key in missing]
    posts = Post.objects.current().filter(role__in=roles, person__is_active=True).select_related("person")
    holders = list(dict.fromkeys(post.person.name for post in posts.order_by("pk"))) if roles else []
    return " or ".join(holders) or " and ".join(role.label.lower() for role in roles)


def _turned_already(approval: Approval, slate: Slate, turned: dict[str, Approval], by: User) -> str:
    who = "You" if approval.approved_by_id == by.pk else str(approval.approved_by)
    did = "approved" if approval.key == Key.CFO else "concurred"
    awaited = awaited_keys(slate, turned)
    return f"{who} {did}." if not awaited else f"{who} {did}; {awaited} is awaited."


def _own_unit_first(slate: Slate, key: str, turned: dict[str, Approval]) -> list[str]:
    """Nobody is first to judge an item of the own unit. Where both have one, the superintendent begins."""
    of_cfo = own_unit_codes(slate, Post.Role.CFO)
    if key == Key.CFO:
        if of_cfo and Key.SUPERINTENDENT not in turned:
            return [f"{_named(of_cfo)} of your own unit: the superintendent must concur first."]
        return []
    of_superintendent = own_unit_codes(slate, Post.Role.SUPERINTENDENT)
    if of_superintendent and not of_cfo and Key.CFO not in turned:
        return [f"{_named(of_superintendent)} of your own unit: the CFO must approve first."]
    return []


def _named(codes: list[str]) -> str:
    return f"{', '.join(codes)} {'is' if len(codes) == 1 else 'are'}"


def blockers_to_release(slate: Slate, sheet: Sheet | None = None) -> list[str]:
    """A sheet is one with principles, if it was read already."""
    if slate.status == SlateStatus.APPROVED:
        return _changed_since(sheet or Sheet(slate, with_principles=True))
    if slate.status == SlateStatus.FROZEN:
        missing = [Key(key).label for key in sorted(needed_keys(slate) - set(turned_keys(slate)))]
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
