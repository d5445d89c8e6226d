"""What every page of the workspace shows around its form."""

from django.urls import reverse

from .. import rules
from ..actions.baton import with_sponsors
from ..arithmetic import missing_in, unsigned_in
from ..models import Proposal
from ..models.content import content_of, substance_of
from ..reading import invited_unit, told_to

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
            "missing": told_to(request.user, proposal, [*missing_in(content), *unsigned_in(content, signed)]),
            "by_date": rules.blockers_by_date(proposal) if proposal.status == "draft" else [],
        }
    return context


def closed_for(user, proposal: Proposal) -> list[str]:
    """Why this person cannot change the proposal now; empty when they can."""
    if not rules.can_edit(user, proposal):
        if mine := invited_unit(user, proposal):
            return [f"{mine} is invited. Accept or decline under “Sponsors”; then you can edit."]
        return ["Your unit is invited. Its head or deputy accepts under “Sponsors”; then you can edit."]
    return rules.blockers_to_edit(proposal)


def whole(request, proposal: Proposal, here: str) -> dict:
    """The frame with everything that stands in the proposal."""
    return frame(request, proposal, here, content_of(proposal))
