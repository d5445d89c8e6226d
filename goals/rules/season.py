"""The rules of a season: steward drafts, superintendent adopts, drafting freezes them."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import Post, User

from ..models import DecisionRight, Principle, Season, Stage

Kind = Stage.Kind

# Without these stages somebody would not know when to act.
KINDS_NEEDED = (Kind.GOALS, Kind.DRAFTING, Kind.CONSULTATION, Kind.VETTING, Kind.SLATE, Kind.DECISION)

FROZEN = (
    "Drafting has opened, so the rules of the season stand. To change them all the same, give a reason; "
    "it appears in the integrity log that everybody reads."
)


def can_set_up_season(user: User) -> bool:
    """The steward drafts the rules; the superintendent may too."""
    return user.holds(Post.Role.STEWARD, Post.Role.SUPERINTENDENT)


def can_adopt(user: User) -> bool:
    return user.holds(Post.Role.SUPERINTENDENT)


def has_drafting_opened(season: Season) -> bool:
    """From then on proposals build on the season's goals."""
    return season.has_reached(Kind.DRAFTING)


def is_frozen(season: Season) -> bool:
    """Once drafting opened, a change of adopted rules needs a reason, also when drafting is moved away
    again. Imported rules were in force."""
    in_force = season.adopted_at is not None or season.workbook_digest != ""
    return in_force and (has_drafting_opened(season) or season.frozen_on is not None)


def stage_for(user: User, pk: int) -> Stage:
    return _part(Stage, user, pk)


def principle_for(user: User, pk: int) -> Principle:
    return _part(Principle, user, pk)


def decision_right_for(user: User, pk: int) -> DecisionRight:
    return _part(DecisionRight, user, pk)


def _part(model, user: User, pk: int):
    """A part of the rules, for those who set them up."""
    if not can_set_up_season(user):
        raise Http404
    return get_object_or_404(model.objects.select_related("season"), pk=pk)


def blockers_to_change_rules(season: Season, reason: str) -> list[str]:
    return [FROZEN] if is_frozen(season) and not reason.strip() else []


def blockers_to_name_season(name: str, starts: date, ends: date, season: Season | None = None) -> list[str]:
    """A name with the year in it, once; dates of about a year."""
    reasons = []
    if not name[-1:].isdigit():
        reasons.append("The name must end with the year, such as FY27, since later years are named after it.")
    if Season.objects.filter(name__iexact=name).exclude(pk=season.pk if season else 0).exists():
        reasons.append(f"There is a season {name} already. Choose another name.")
    if not timedelta(days=300) <= ends - starts <= timedelta(days=400):
        reasons.append("A fiscal year lasts about twelve months. Please check the two dates.")
    return reasons


def blockers_to_change_stage(opens: date, closes: date) -> list[str]:
    return ["The stage closes before it opens. Please check the two dates."] if closes < opens else []


def blockers_to_adopt(season: Season) -> list[str]:
    """What the superintendent must see before the rules are published."""
    if season.adopted_at:
        return ["The rules of this season are adopted already."]
    reasons = []
    there = {stage.kind for stage in season.all_stages}
    missing = [kind.label.lower() for kind in KINDS_NEEDED if kind not in there]
    if missing:
        reasons.append(
            f"The calendar has no stage for {', '.join(missing)}. Add it, or start from the usual year."
        )
    if not season.principles.exists():
        reasons.append("There are no guiding principles. Write at least one.")
    if not season.decision_rights.exists():
        reasons.append("It is not written who decides. Add at least one decision right.")
    return reasons


def stage_warnings(stages: Sequence[Stage]) -> list[str]:
    """What is allowed and yet worth a second look: overlaps, gaps in the kinds, an unusual order."""
    warnings = []
    working = [stage for stage in stages if stage.kind != Kind.CLOSED]
    for earlier, later in pairwise(working):
        if later.opens <= earlier.closes:
            warnings.append(f"“{later.name}” opens before “{earlier.name}” has closed. Both are open then.")
    usual = list(Kind.values)
    places = [usual.index(stage.kind) for stage in stages]
    if places != sorted(places):
        warnings.append("The stages do not follow the usual order from setup to decision.")
    there = {stage.kind for stage in stages}
    missing = [kind.label.lower() for kind in KINDS_NEEDED if kind not in there]
    if stages and missing:
        warnings.append(f"There is no stage for {', '.join(missing)}.")
    return warnings
