"""What lists show of proposals, as plain values: rows of many proposals make no model objects."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from .models import Proposal, Sponsorship


class UnitName(NamedTuple):
    code: str
    name: str


class Sponsor(NamedTuple):
    """What the ribbon shows of a standing sponsor."""

    unit: UnitName
    is_lead: bool
    accepted_at: datetime | None


def sponsors_of(proposal_ids: Iterable[int]) -> dict[int, list[Sponsor]]:
    """Standing sponsors by proposal, lead first; one query."""
    found: dict[int, list[Sponsor]] = {}
    rows = Sponsorship.objects.standing().filter(proposal__in=list(proposal_ids)).order_by("-is_lead", "pk")
    columns = ("proposal_id", "unit__code", "unit__name", "is_lead", "accepted_at")
    for proposal_id, code, name, is_lead, accepted_at in rows.values_list(*columns):
        sponsor = Sponsor(UnitName(code, name), is_lead, accepted_at)
        found.setdefault(proposal_id, []).append(sponsor)
    return found


def goals_of(proposal_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """(code, title) of the goals by proposal; one query."""
    found: dict[int, list[tuple[str, str]]] = {}
    links = Proposal.goals.through.objects.filter(proposal__in=list(proposal_ids)).order_by("goal__code")
    for proposal_id, code, title in links.values_list("proposal_id", "goal__code", "goal__title"):
        found.setdefault(proposal_id, []).append((code, title))
    return found
