"""Typed relations between proposals."""

from collections import defaultdict

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow
from goals.models import Season
from people.models import User

from .. import rules
from ..models import Proposal, ProposalLink
from .baton import locked_pair, locked_with_sponsors
from .drafting import allow_edit


@transaction.atomic
def add_link(*, source: Proposal, kind: str, target: Proposal, by: User, note: str = "") -> ProposalLink:
    """Say how this proposal relates to another one. Raises Refused."""
    source = locked_with_sponsors(source)
    allow_edit(source, by)
    if source.pk == target.pk:
        raise Refused("A proposal cannot relate to itself. Choose another one.")
    if source.links_out.filter(kind=kind, target=target).exists():
        raise Refused(f"This is noted already: {source.code} {ProposalLink.Kind(kind).label} {target.code}.")
    if kind == ProposalLink.Kind.DEPENDS_ON:
        Season.objects.select_for_update().get(pk=source.season_id)  # two links at once close no circle
        if source.pk in _needed_by(target):
            raise Refused(
                f"{target.code} depends on {source.code} already, directly or through others. "
                "Choose “supports” or “overlaps”, or remove that dependency first."
            )
    link = ProposalLink.objects.create(source=source, kind=kind, target=target, note=note)
    record("link", source, f"noted that {source.code} {link.get_kind_display()} {target.code}", by=by)
    return link


@transaction.atomic
def remove_link(*, link: ProposalLink, by: User) -> Proposal:
    """Take a relation away again. Raises Refused."""
    source = locked_with_sponsors(link.source)
    allow_edit(source, by)
    found = source.links_out.select_related("target").filter(pk=link.pk).first()
    if found is None:
        raise Refused("Somebody removed this relation a moment ago. Please reload the page.")
    words = f"removed the note that {source.code} {found.get_kind_display()} {found.target.code}"
    found.delete()
    record("unlink", source, words, by=by)
    return source


@transaction.atomic
def settle_link(*, link: ProposalLink, by: User) -> ProposalLink:
    """Say that the two sides have settled what the relation asks for. Raises Refused."""
    source, target = locked_pair(link.source, link.target)
    allow(
        rules.can_edit(by, source) or rules.can_edit(by, target),
        "Only people of the sponsoring units of either proposal can settle this.",
    )
    link = ProposalLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.settled_on is not None:
        raise Refused("This was settled already. Please reload the page.")
    link.settled_on = clock.today()
    link.save(update_fields=["settled_on"])
    words = f"settled that {source.code} {link.get_kind_display()} {target.code}"
    record("settle", source if rules.can_edit(by, source) else target, words, by=by)
    return link


def _needed_by(proposal: Proposal) -> set[int]:
    """Keys of everything that this proposal depends on, itself included."""
    needs = defaultdict(set)
    rows = ProposalLink.objects.filter(kind=ProposalLink.Kind.DEPENDS_ON, source__season=proposal.season_id)
    for source, target in rows.values_list("source_id", "target_id"):
        needs[source].add(target)
    seen: set[int] = set()
    waiting = [proposal.pk]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(needs[key])
    return seen
