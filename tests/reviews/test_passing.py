"""Passing on: rights are read under the lock."""

import pytest

from activity.refused import Refused
from proposals.actions.sponsors import change_lead
from proposals.models import Proposal
from reviews.actions import passing


def test_what_was_read_before_the_lock_gives_no_right_to_resubmit(in_revision, people):
    read = Proposal.objects.prefetch_related("sponsorships__unit").get()
    assert read.lead.code == "TL"
    partner = Proposal.objects.get().sponsorships.get(unit__code="SSS")
    change_lead(sponsorship=partner, by=people.lead_head)
    with pytest.raises(Refused, match="head or the deputy of the lead"):
        passing.resubmit(proposal=read, by=people.lead_head)
