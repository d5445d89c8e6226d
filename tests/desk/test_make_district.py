"""A made-up district has the size that was asked for, and is the same on every run."""

import pytest
from django.core.management import CommandError, call_command

from activity.models import Entry
from desk.synthetic.tiers import TIERS
from people.models import Unit, User
from proposals.models import Ask, CostLine, Proposal, ProposalVersion
from reviews.models import Rating

pytestmark = pytest.mark.django_db


def test_the_smallest_has_its_sizes(settings):
    call_command("make_district", tier="small")
    size = TIERS["small"]
    assert Proposal.objects.count() == size.proposals
    assert CostLine.objects.count() == size.cost_lines
    assert Ask.objects.count() == size.asks
    assert User.objects.count() == size.people
    assert Unit.objects.schools().count() == size.schools
    circulated = Proposal.objects.exclude(status="draft")
    assert ProposalVersion.objects.count() == circulated.count() and Rating.objects.exists()
    assert Entry.objects.count() > size.proposals


def test_seasons_are_kept_side_by_side():
    from desk.management.commands.make_district import fill
    from desk.synthetic.tiers import Tier

    fill(Tier(3, 8, 40, 10, 20, 10, seasons=2), 27)
    assert sorted(Proposal.objects.values_list("season__name", flat=True)) == ["FY26"] * 5 + ["FY27"] * 5


def test_it_never_fills_a_district_that_is_there(district):
    with pytest.raises(CommandError, match="Use an empty one"):
        call_command("make_district")
