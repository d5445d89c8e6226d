"""The sponsors' own last day of changes, before the season's."""

from datetime import date

from django.db import transaction

from activity.actions import record
from activity.refused import allow, refuse_if
from activity.templatetags.activity_tags import day as day_words
from people.models import User

from .. import rules
from ..models import Proposal
from .baton import locked_with_sponsors
from .drafting import touch

WHO = "Only the head or the deputy of a sponsor agrees on this day."


@transaction.atomic
def agree_day(*, proposal: Proposal, day: date, by: User) -> Proposal:
    """After this day text, costs and sponsors change only by reopening. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.speaks_for_sponsor(by, proposal), WHO)
    refuse_if(rules.blockers_to_agree(proposal, day))
    touch(proposal, by, agreed_until=day)
    record("agree day", proposal, f"agreed to change nothing after {day_words(day)}", by=by)
    return proposal


@transaction.atomic
def reopen(*, proposal: Proposal, by: User) -> Proposal:
    """Take the agreed day back, so that everybody may change the draft again. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.speaks_for_sponsor(by, proposal), WHO)
    refuse_if(rules.blockers_to_open_again(proposal))
    touch(proposal, by, agreed_until=None)
    record("open again", proposal, f"reopened {proposal.code} for changes by its sponsors", by=by)
    return proposal
