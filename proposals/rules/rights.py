"""Who may do what with a proposal and its asks."""

from people.models import Post, User
from people.rules import can_sponsor, is_steward

from ..models import Proposal, Sponsorship
from ..workflow import can_do

# What is said about a proposal's text.
SAID = (
    "comment", "suggest", "reply", "resolve", "reopen", "accept wording", "reject wording", "apply wording",
)  # fmt: skip


def among_sponsors(act: str) -> str:
    """The same act on the text at work, which its sponsors alone read."""
    return f"{act} among sponsors"


# Acts on a proposal that its sponsors read about, and nobody else: what comes of them is circulated.
OWN_ACTS = (
    "start", "edit", "edit sections", "add ask", "edit ask", "add cost line", "change cost line",
    "remove cost line", "set demands", "invite", "accept", "decline", "leave", "change lead", "contribute",
    "sign on", "link", "unlink", "settle", "offer to join", "accept offer", "end offer", "talk", "talked",
    "set scale", "remove scale", "add milestone", "change milestone", "remove milestone", "agree day",
    "open again",
    "import costs", "propose merger", "end merger", "merge", "carry forward", "name version", "apply wording",
    "attach", "remove attachment", *map(among_sponsors, SAID),
)  # fmt: skip


def can_post_intent(user: User) -> bool:
    return can_sponsor(user)


def can_start_proposal(user: User, unit_id: int | None = None) -> bool:
    """Head, deputy, contributor or principal of that unit; of any unit when none is named."""
    return can_sponsor(user) if unit_id is None else unit_id in units_to_start_for(user)


def units_to_start_for(user: User) -> set[int]:
    """Units for which this person may post an intent or start a proposal."""
    roles = (Post.Role.HEAD, Post.Role.DEPUTY, Post.Role.CONTRIBUTOR, Post.Role.PRINCIPAL)
    return {post.unit_id for post in user.posts_now if post.role in roles}


def is_sponsor(user: User, proposal: Proposal) -> bool:
    """Works for a unit that sponsors the proposal or is invited to."""
    return any(user.works_for(s.unit_id) for s in proposal.standing_sponsorships)


def can_edit(user: User, proposal: Proposal) -> bool:
    """Works for a sponsor that has accepted."""
    return any(user.works_for(s.unit_id) for s in _accepted(proposal))


def can_ask(user: User, proposal: Proposal) -> bool:
    """Asks may be changed and sent again while others read the proposal, too."""
    return can_edit(user, proposal)


def can_sign_on(user: User, sponsorship: Sponsorship) -> bool:
    """Head or deputy of a sponsor that has accepted."""
    return bool(sponsorship.accepted_at and not sponsorship.left_at and user.speaks_for(sponsorship.unit_id))


def can_answer_invitation(user: User, sponsorship: Sponsorship) -> bool:
    """Head or deputy of the invited unit, while the invitation stands."""
    return (
        sponsorship.accepted_at is None
        and sponsorship.left_at is None
        and user.speaks_for(sponsorship.unit_id)
    )


def can_lead(user: User, proposal: Proposal) -> bool:
    """Head or deputy of the lead."""
    return any(s.is_lead and user.speaks_for(s.unit_id) for s in _accepted(proposal))


def speaks_for_sponsor(user: User, proposal: Proposal) -> bool:
    """Head or deputy of a sponsor that has accepted."""
    return any(user.speaks_for(s.unit_id) for s in _accepted(proposal))


def can_submit(user: User, proposal: Proposal) -> bool:
    return can_lead(user, proposal)


def can_withdraw(user: User, proposal: Proposal) -> bool:
    return can_lead(user, proposal) and can_do(proposal.status, "withdraw")


def can_open_late(user: User) -> bool:
    return is_steward(user)


def _accepted(proposal: Proposal) -> list[Sponsorship]:
    return [s for s in proposal.standing_sponsorships if s.accepted_at is not None]
