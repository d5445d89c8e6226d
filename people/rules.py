"""Who may do what with people and units."""

from .models import Delegation, Post, User

Role = Post.Role

DECIDERS = (Role.SUPERINTENDENT, Role.CFO)
CABINET = (Role.SUPERINTENDENT, Role.CFO, Role.CABINET)


def is_administrator(user: User) -> bool:
    """Accounts and settings; no vote and no private drafts."""
    return user.holds(Role.ADMINISTRATOR)


def is_steward(user: User) -> bool:
    return user.holds(Role.STEWARD)


def is_superintendent(user: User) -> bool:
    return user.holds(Role.SUPERINTENDENT)


def is_cfo(user: User) -> bool:
    return user.holds(Role.CFO)


def is_decider(user: User) -> bool:
    """Superintendent or CFO: those who see pending decisions."""
    return user.holds(*DECIDERS)


def is_cabinet(user: User) -> bool:
    """Member of the cabinet, the superintendent and the CFO included."""
    return user.holds(*CABINET)


def can_sponsor(user: User) -> bool:
    """Head, deputy or contributor of any unit: may post an intent and start a proposal."""
    return user.holds(Role.HEAD, Role.DEPUTY, Role.CONTRIBUTOR, Role.PRINCIPAL)


def can_set_up_district(user: User) -> bool:
    return user.holds(Role.ADMINISTRATOR, Role.STEWARD)


def can_answer_for(user: User, unit_id: int) -> bool:
    """Head or deputy of the unit, or holder of a dated delegation to answer asks."""
    return user.speaks_for(unit_id) or ((unit_id, Delegation.Act.ANSWER_ASKS) in user.delegated_acts)
