"""By whom a proposal was shaped: units whose wording was taken over, and whose conditions were agreed."""

from collections.abc import Collection

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value

from proposals.arithmetic import listed
from proposals.models import Comment, Sponsorship

from .models import Endorsement

WORDING, CONDITION = "wording", "a condition"


def credited(wording: Collection[str], conditions: Collection[str]) -> list[str]:
    """“Transportation (wording and a condition)”, by name of the unit."""
    found = []
    for name in sorted({*wording, *conditions}):
        brought = [what for what, names in ((WORDING, wording), (CONDITION, conditions)) if name in names]
        found.append(f"{name} ({listed(brought)})")
    return found


def wording_taken_over() -> QuerySet[Comment]:
    """Suggestions of units other than the sponsors that stand in the text."""
    sponsors = Sponsorship.objects.standing().filter(proposal=OuterRef("proposal"), unit=OuterRef("unit"))
    return Comment.objects.taken_over().filter(~Exists(sponsors), unit__isnull=False)


def agreed_conditions() -> QuerySet[Endorsement]:
    """Answers that stand, with a condition to which the sponsors agreed."""
    return Endorsement.objects.current().filter(condition__accepted_at__isnull=False)


def credits_of(proposal_ids: Collection[int]) -> dict[int, list[str]]:
    """The credits by proposal, of units other than its sponsors; one query for any number of them."""
    said = wording_taken_over().filter(proposal__in=proposal_ids)
    agreed = agreed_conditions().filter(terms__ask__proposal__in=proposal_ids)
    agreed = agreed.annotate(proposal=F("terms__ask__proposal"), unit_name=F("terms__ask__asked_unit__name"))
    rows = said.order_by().values_list("proposal_id", "unit__name", Value(WORDING, CharField()))
    rows = rows.union(agreed.order_by().values_list("proposal", "unit_name", Value(CONDITION, CharField())))
    brought: dict[int, dict[str, set[str]]] = {}
    for proposal, unit, what in rows:
        brought.setdefault(proposal, {WORDING: set(), CONDITION: set()})[what].add(unit)
    return {pk: credited(row[WORDING], row[CONDITION]) for pk, row in brought.items()}
