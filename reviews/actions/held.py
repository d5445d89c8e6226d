"""The proposal's row, held until the transaction ends, with the sponsors that rules read."""

from django.db.models import Prefetch, prefetch_related_objects

from proposals.actions.baton import locked
from proposals.models import Proposal, Sponsorship


def held(proposal: Proposal) -> Proposal:
    proposal = locked(proposal)
    prefetch_related_objects([proposal], Prefetch("sponsorships", Sponsorship.objects.select_related("unit")))
    return proposal
