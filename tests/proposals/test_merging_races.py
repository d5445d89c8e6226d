"""Two acts on the same drafts at the same moment: real threads on PostgreSQL."""

import pytest

from activity.refused import Refused
from proposals.actions import drafting, intents, merging, offers, submission
from proposals.models import Merger, Offer, Proposal
from tests.cast_proposals import signed_by

from .test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second(joint_draft, units, hr_head):
    return drafting.start_proposal(season=joint_draft.season, unit=units["HRT"], title="Hiring", by=hr_head)


def proposed(kept, merged, by, mine):
    return merging.propose_merger(kept=kept, merged=merged, mine=mine, reason="One.", by=by)


def refused(results) -> int:
    assert all(isinstance(r, Refused | Proposal) for r in results), results
    return sum(isinstance(r, Refused) for r in results)


def test_two_mergers_in_opposite_directions_make_one(joint_draft, second, people):
    there = proposed(joint_draft, second, people.lead_head, joint_draft)
    back = proposed(second, joint_draft, people.lead_head, joint_draft)
    results = at_once(
        lambda: merging.accept_merger(merger=there, by=people.hr_head),
        lambda: merging.accept_merger(merger=back, by=people.hr_head),
    )
    assert refused(results) == 1
    assert Proposal.objects.filter(status="merged").count() == 1
    assert Merger.objects.accepted().count() == 1


def test_one_merger_accepted_twice_unites_once(joint_draft, second, people):
    merger = proposed(joint_draft, second, people.lead_head, joint_draft)
    results = at_once(*[lambda: merging.accept_merger(merger=merger, by=people.hr_head)] * 2)
    assert refused(results) == 1
    assert joint_draft.sponsorships.standing().count() == 3


def test_merging_and_submitting_never_both(joint_draft, second, people):
    merger = proposed(second, joint_draft, people.lead_head, joint_draft)
    signed_by(joint_draft, people)
    results = at_once(
        lambda: merging.accept_merger(merger=merger, by=people.hr_head),
        lambda: submission.submit(proposal=joint_draft, by=people.lead_head),
    )
    assert refused(results) == 1
    assert Proposal.objects.get(pk=joint_draft.pk).status in ("merged", "submitted")


def test_an_offer_made_while_the_proposal_starts_is_never_lost(joint_draft, units, people):
    season = joint_draft.season
    intent = intents.post_intent(season=season, unit=units["TL"], title="I", idea="X.", by=people.lead_head)
    at_once(
        lambda: offers.offer_to_join_intent(
            intent=intent, unit=units["SSS"], brings="Us.", by=people.partner_head
        ),
        lambda: drafting.start_proposal(
            season=season, unit=units["TL"], title="I", intent=intent, by=people.lead_head
        ),
    )
    offer, started = Offer.objects.get(), Proposal.objects.get(intent=intent)
    assert offer.taken_up_at is None or offer.sponsorship.proposal == started
    if offer.taken_up_at is None:
        offers.accept_offer(offer=offer, proposal=started, by=people.lead_head)
    assert started.sponsorships.filter(unit=units["SSS"]).exists()
