"""The proposal's row, held until the transaction ends, with the sponsors that rules read."""

from django.db.models import Prefetch, prefetch_related_objects

from proposals.actions.baton import locked
from proposals.models import Proposal, Sponsorship


def held(proposal: Proposal) -> Proposal:
    return with_sponsors(locked(proposal), read=proposal)


def with_sponsors(proposal: Proposal, read: Proposal) -> Proposal:
    """Sponsors for the rules: those that the door has read a moment ago, else read now."""
    known = getattr(read, "_prefetched_objects_cache", {}).get("sponsorships")
    if known is None:
        sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("unit"))
        prefetch_related_objects([proposal], sponsors)
    else:
        vars(proposal)["_prefetched_objects_cache"] = {"sponsorships": known}
    return proposal
