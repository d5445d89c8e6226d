"""Units that offered to join become sponsors. Parts of verbs, called under the proposal's lock."""

from collections.abc import Iterable

from activity import clock
from activity.refused import refuse_if
from goals.models import season_over
from people.models import User

from ..models import Intent, Offer, Proposal, Sponsorship
from ..rules import partners


def held_open(intent: Intent | None, also: tuple[str, ...] = ()) -> Intent:
    """The intent's row, held until the transaction ends, with `season_is_over`; refused when it is closed.

    `also` names what is held with it in the same query, such as its season.
    """
    rows = Intent.objects.select_for_update(of=("self", *also))
    rows = rows.select_related("unit", "season", "problem").annotate(season_is_over=season_over("season"))
    intent = rows.get(pk=intent and intent.pk)
    refuse_if(partners.blockers_to_join_intent(intent))
    return intent


def take_up(
    offers: Iterable[Offer], proposal: Proposal, by: User, standing: dict[int, Sponsorship],
    last: Sponsorship | None = None,
) -> list[Sponsorship]:  # fmt: skip
    """Make each offer a sponsorship: accepted where a head or deputy offered it, else invited.

    The unit of an offer that sponsors the proposal already keeps its place. `standing` holds the sponsors
    by unit; those among them that are not saved yet are saved along, and `last` after the offers.
    """
    now, offers = clock.now(), list(offers)
    for offer in offers:
        if offer.unit_id not in standing:
            row = Sponsorship(proposal=proposal, unit_id=offer.unit_id, invited_at=now, invited_by=by)
            if offer.is_spoken:
                row.contribution, row.accepted_at, row.accepted_by_id = offer.brings, now, offer.offered_by_id
            standing[offer.unit_id] = row
    if last is not None:
        standing.setdefault(last.unit_id, last)
    taken = Sponsorship.objects.bulk_create(row for row in standing.values() if row.pk is None)
    for offer in offers:
        offer.sponsorship, offer.taken_up_at, offer.taken_up_by = standing[offer.unit_id], now, by
    Offer.objects.bulk_update(offers, ["sponsorship", "taken_up_at", "taken_up_by"])
    return taken


def sponsors_by_unit(proposal: Proposal) -> dict[int, Sponsorship]:
    return {row.unit_id: row for row in proposal.standing_sponsorships}


def bring_partners(
    intent: Intent, proposal: Proposal, by: User, standing: dict[int, Sponsorship]
) -> list[Sponsorship]:
    """Whoever offered to join the intent, and the unit that posted it, come along to the proposal.

    The latter is invited, or accepts at once where its own head or deputy acts.
    """
    now = clock.now()
    row = standing.get(intent.unit_id) or Sponsorship(
        proposal=proposal, unit_id=intent.unit_id, invited_at=now, invited_by=by
    )
    if row.accepted_at is None and by.speaks_for(intent.unit_id):
        row.accepted_at, row.accepted_by = now, by
        if row.pk:
            row.save(update_fields=["accepted_at", "accepted_by"])
    return take_up(intent.offers.standing(), proposal, by, standing, last=row)
