"""What every page of the workspace shows around its form."""

from django.urls import reverse

from .. import rules
from ..actions.baton import with_sponsors
from ..arithmetic import Reason, missing_in, unsigned_in
from ..models import Proposal
from ..models.content import content_of, substance_of

PLACES = [
    ("proposal_edit", "Text"),
    ("proposal_details", "Details"),
    ("proposal_costs", "Costs"),
    ("proposal_plan", "Sizes"),
    ("proposal_asks", "Asks"),
    ("proposal_schools", "Schools"),
    ("proposal_attachments", "Attachments"),
    ("proposal_sponsors", "Sponsors"),
    ("proposal_links", "Others"),
    ("proposal_remarks", "Comments"),
    ("proposal_sign", "Sign on"),
    ("proposal_submit", "Submit"),
]


def frame(request, proposal: Proposal, here: str, content: dict | None = None) -> dict:
    """Tabs, what is closed, and with `content` what is still missing."""
    request.season = proposal.season
    with_sponsors(proposal)  # the door of an act left them out
    context = {
        "proposal": proposal,
        "tabs": [
            {"label": label, "url": reverse(name, args=[proposal.pk]), "here": name == here}
            for name, label in PLACES
        ],
        "closed": closed_for(request.user, proposal),
        "returned": rules.returned_with(proposal),
    }
    if content is not None:
        signed = rules.signed_units(proposal, substance_of(content))
        context |= {
            "content": content,
            "signed": signed,
            "missing": _to_me(request.user, proposal, [*missing_in(content), *unsigned_in(content, signed)]),
            "by_date": rules.blockers_by_date(proposal) if proposal.status == "draft" else [],
        }
    return context


def _invited(user, proposal: Proposal) -> str:
    """The invited unit for which this person answers."""
    rows = [s for s in proposal.standing_sponsorships if rules.can_answer_invitation(user, s)]
    return str(rows[0].unit) if rows else ""


def _to_me(user, proposal: Proposal, reasons: list[Reason]) -> list[Reason]:
    """Who answers the invitation is told so, instead of to wait for the own answer."""
    unit = _invited(user, proposal)
    mine = Reason(f"Accept or decline the invitation of {unit}.", "proposal_sponsors")
    return [mine if unit and reason.place == mine.place else reason for reason in reasons]


def closed_for(user, proposal: Proposal) -> list[str]:
    """Why this person cannot change the proposal now; empty when they can."""
    if not rules.can_edit(user, proposal):
        if mine := _invited(user, proposal):
            return [f"{mine} is invited. Accept or decline under “Sponsors”; then you can edit."]
        return ["Your unit is invited. Its head or deputy accepts under “Sponsors”; then you can edit."]
    return rules.blockers_to_edit(proposal)


def whole(request, proposal: Proposal, here: str) -> dict:
    """The frame with everything that stands in the proposal."""
    return frame(request, proposal, here, content_of(proposal))
