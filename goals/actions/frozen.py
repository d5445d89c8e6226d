"""Every change of the season's rules goes through here: once drafting opened it needs a reason."""

from django.db import models

from activity import clock
from activity.actions import record
from activity.refused import allow, refuse_if
from people.models import User

from .. import rules
from ..models import Season

WHO = "Only the process steward and the superintendent change the rules of the season."


def open_rules(season: Season, by: User, reason: str = "") -> Season:
    """Lock the season, check the right and, once it is frozen, the reason. Raises Refused."""
    season = Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    allow(rules.can_set_up_season(by), WHO)
    refuse_if(rules.blockers_to_change_rules(season, reason))
    if rules.is_frozen(season) and season.frozen_on is None:
        season.frozen_on = clock.today()
        season.save(update_fields=["frozen_on"])
    return season


def record_rule(
    verb: str, subject: models.Model, sentence: str, *, season: Season, by: User, reason: str = "", **details
) -> None:
    """The Entry of a change of rules; after drafting opened it stands in the integrity log."""
    if rules.is_frozen(season):
        details["reason"] = reason
        record(verb, subject, f"{sentence}. Reason: {reason}", by=by, integrity=True, **details)
    else:
        record(verb, subject, sentence, by=by, **details)
