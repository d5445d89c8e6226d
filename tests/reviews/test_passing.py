"""Passing on and rating: rights are read under the lock."""

import pytest

from activity import clock
from activity.refused import Refused
from proposals.actions.sponsors import change_lead
from proposals.models import Proposal, Sponsorship
from reviews.actions import passing, ratings


def test_what_was_read_before_the_lock_gives_no_right_to_resubmit(in_revision, people):
    read = Proposal.objects.prefetch_related("sponsorships__unit").get()
    assert read.lead.code == "TL"
    partner = Proposal.objects.get().sponsorships.get(unit__code="SSS")
    change_lead(sponsorship=partner, by=people.lead_head)
    with pytest.raises(Refused, match="head or the deputy of the lead"):
        passing.resubmit(proposal=read, by=people.lead_head)


def test_nobody_rates_a_proposal_that_their_unit_joined_meanwhile(review, people):
    """The sponsors that the page read a moment ago are not those that count."""
    read = Proposal.objects.prefetch_related("sponsorships__unit").get(pk=review.pk)
    assert read.standing_sponsorships
    Sponsorship.objects.create(
        proposal=review, unit=people.asked_head.posts_now[0].unit,
        invited_at=clock.now(), invited_by=people.lead_head,
        accepted_at=clock.now(), accepted_by=people.asked_head,
    )  # fmt: skip
    with pytest.raises(Refused, match="Nobody rates their own"):
        ratings.rate(proposal=read, ratings={}, by=people.asked_head)
