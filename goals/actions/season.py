"""The season itself: made, changed, adopted."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.changes import in_words, put
from activity.refused import Refused, allow, refuse_if
from people.actions.holding import hold_district
from people.models import User

from .. import rules
from ..models import Season
from .frozen import WHO, open_rules, record_rule

FIELDS = (
    "name", "fiscal_year_starts", "fiscal_year_ends", "years_costed", "rating_from", "rating_to",
    "joint_points", "joint_threshold", "joint_needs_answers", "heads_rate", "needs_concurrence",
    "answers_due_on", "submission_due_on", "revision_due_on", "decision_meeting_on",
    "decisions_published_on",
)  # fmt: skip


@transaction.atomic
def create_season(*, name: str, fiscal_year_starts: date, fiscal_year_ends: date, by: User) -> Season:
    """Begin a season for a fiscal year, with the usual rules until they are changed. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_season(by), WHO)
    refuse_if(rules.blockers_to_name_season(name, fiscal_year_starts, fiscal_year_ends))
    season = Season.objects.create(
        name=name, fiscal_year_starts=fiscal_year_starts, fiscal_year_ends=fiscal_year_ends
    )
    record("create", season, f"began season {name}", by=by)
    return season


@transaction.atomic
def change_season(*, season: Season, values: Mapping[str, Any], by: User, reason: str = "") -> Season:
    """Change the rules of the season. Raises Refused."""
    season = open_rules(season, by, reason)
    changed = put(season, values, FIELDS)
    refuse_if(
        rules.blockers_to_name_season(season.name, season.fiscal_year_starts, season.fiscal_year_ends, season)
    )
    _check_scale(season)
    if changed:
        season.save(update_fields=changed)
        sentence = f"changed {in_words(season, changed)} of season {season}"
        record_rule("change", season, sentence, season=season, by=by, reason=reason, **changed)
    return season


@transaction.atomic
def adopt_season(*, season: Season, by: User) -> Season:
    """Adopt and publish the rules. Raises Refused."""
    season = Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    allow(rules.can_adopt(by), "Only the superintendent adopts the rules of the season.")
    refuse_if(rules.blockers_to_adopt(season))
    season.adopted_at, season.adopted_by = clock.now(), by
    season.save(update_fields=["adopted_at", "adopted_by"])
    late = rules.has_drafting_opened(season)
    words = ", after drafting had opened" if late else ""
    record("adopt", season, f"adopted the rules of season {season}{words}", by=by, integrity=late)
    return season


def _check_scale(season: Season) -> None:
    if season.rating_to <= season.rating_from:
        raise Refused("The highest rating must be above the lowest.")
    if not season.rating_from <= Decimal(season.joint_threshold) <= season.rating_to:
        raise Refused(
            f"The threshold of the joint preference must lie on the scale, "
            f"between {season.rating_from} and {season.rating_to}."
        )
