"""What every page of the workspace shows around its form."""

from typing import NamedTuple

from django.urls import reverse

from .. import rules
from ..actions.baton import with_sponsors
from ..arithmetic import missing_in, unsigned_in
from ..models import Proposal, Section
from ..models.content import content_of, substance_of
from ..reading import Writer, invited_unit, told_to, writers_of
from ..remarks import threads_of

COMMENTS = "Comments"
PLACES = [
    ("proposal_edit", "Text"),
    ("proposal_details", "Details"),
    ("proposal_costs", "Costs"),
    ("proposal_plan", "Sizes and milestones"),
    ("proposal_asks", "Asks"),
    ("proposal_schools", "Schools"),
    ("proposal_attachments", "Attachments"),
    ("proposal_sponsors", "Sponsors"),
    ("proposal_links", "Overlaps and links"),
    ("proposal_remarks", COMMENTS),
    ("proposal_versions", "Versions"),
    ("proposal_sign", "Sign on"),
    ("proposal_submit", "Submit"),
]


def frame(
    request, proposal: Proposal, here: str, content: dict | None = None, n_open: int | None = None
) -> dict:
    """Tabs, what is closed, and with `content` what is still missing; `n_open` where comments were read."""
    request.season = proposal.season
    if n_open is None:
        n_open = proposal.comments.visible_to(request.user).open().count()
    with_sponsors(proposal)  # the door of an act left them out
    context = {
        "proposal": proposal,
        "tabs": _tabs(proposal, here, n_open),
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


def _tabs(proposal: Proposal, here: str, n_open: int) -> list[dict]:
    labels = {COMMENTS: f"{COMMENTS} ({n_open})"} if n_open else {}
    return [
        {"label": labels.get(label, label), "url": reverse(name, args=[proposal.pk]), "here": name == here}
        for name, label in PLACES
    ]


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


class Beside(NamedTuple):
    """Beside a section: open comments, who wrote it, and sponsors from whom nothing stands there."""

    threads: list
    writers: list[Writer]
    silent: list[str]


def written(request, proposal: Proposal, here: str) -> dict:
    """The same, with what stands beside each section."""
    content = content_of(proposal)
    threads = [t for t in threads_of(request.user, proposal, content["sections"]) if t.is_open]
    writers = writers_of(proposal)
    beside = {
        kind: Beside(
            [thread for thread in threads if thread.comment.section == kind],
            writers.get(kind, []),
            _silent(content, writers.get(kind, [])) if kind == Section.Kind.EARLIER_EFFORTS else [],
        )
        for kind in Section.Kind.values
    }
    return frame(request, proposal, here, content, len(threads)) | {"beside": beside}


def _silent(content: dict, writers: list[Writer]) -> list[str]:
    """Of a joint proposal: each sponsor knows other efforts that sank."""
    units = {writer.unit for writer in writers}
    accepted = [s for s in content["sponsors"] if s["accepted"]]
    return [s["name"] for s in accepted if s["unit"] not in units] if len(accepted) > 1 else []
