"""Duties, reports, values and reviews of an investment."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import allow, refuse_if
from goals.models import Measure, Observation
from people.models import User

from .. import rules
from ..models import Commitment, Investment, Update
from ..workflow import State


@transaction.atomic
def update_commitment(*, commitment: Commitment, status: str, note: str, by: User) -> Commitment:
    """Say where a duty stands."""
    commitment = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("investment", "owner")
        .get(pk=commitment.pk)
    )
    allow(
        status in rules.statuses_for(by, commitment),
        f"Only people of {commitment.owner} say where this duty stands; "
        "only the investment's owner or the cabinet releases from it.",
    )
    refuse_if(rules.blockers_to_status(commitment, status, note))
    commitment.status, commitment.note, commitment.status_on = status, note.strip(), clock.today()
    commitment.save(update_fields=["status", "note", "status_on"])
    label = commitment.get_status_display().lower()
    sentence = f"said that {commitment.code} of {commitment.owner} is {label}"
    record("update commitment", commitment.investment, sentence, by=by, commitment=commitment.pk, note=note)
    return commitment


@transaction.atomic
def write_update(
    *,
    investment: Investment,
    state: str,
    line: str,
    evidence: str,
    next_step: str,
    is_small_win: bool,
    by: User,
) -> Update:
    """Report on an investment. A second report of the same person on the same day replaces the first."""
    investment = _locked(investment)
    allow(rules.can_report(by, investment), "Only the owner's people and the research partner report.")
    refuse_if(rules.blockers_to_report(investment, state, by))
    said = {"state": state, "line": line, "evidence": evidence, "next_step": next_step}
    update, _ = Update.objects.update_or_create(
        investment=investment,
        on=clock.today(),
        defaults={**said, "is_small_win": is_small_win, "written_by": by},
    )
    investment.state = state
    investment.save(update_fields=["state"])
    sentence = f"reported on {investment}: {line}"
    record("report", investment, sentence, by=by, state=state, evidence=evidence, next_step=next_step)
    return update


@transaction.atomic
def record_observation(
    *, investment: Investment, measure: Measure, on: date, value: Decimal, group: str, note: str, by: User
) -> Observation:
    """Enter a value of one of the investment's measures. Aggregates only, never a student."""
    investment = _locked(investment)
    allow(rules.can_observe(by, investment), "Only the owner's people and the research partner enter values.")
    refuse_if(rules.blockers_to_observe(investment, measure, on, group))
    observation = Observation.objects.create(
        measure=measure, on=on, value=value, group=group, note=note, entered_by=by
    )
    # A group's value stays on the page, which hides small counts; history is read by everybody.
    what = f"{value.normalize():f}" if group == "All" else f"a value of {group}"
    sentence = f"entered {what} for {measure} on {on.isoformat()}"
    record("observe", investment, sentence, by=by, measure=measure.pk, group=group)
    return observation


@transaction.atomic
def review(
    *,
    investment: Investment,
    choice: str,
    reason: str,
    next_review_on: date | None,
    ends_on: date | None,
    by: User,
) -> Investment:
    """The cabinet's choice at a review. Without a new end it ends as planned."""
    investment = _locked(investment)
    allow(rules.can_review(by), "Only the cabinet chooses at a review.")
    refuse_if(rules.blockers_to_review(investment, choice, reason, next_review_on, ends_on))
    today, stops = clock.today(), choice == Investment.ReviewChoice.STOP
    investment.review_choice = choice
    investment.next_review_on = None if stops else next_review_on
    investment.ends_on = max(today, investment.starts_on) if stops else ends_on or investment.ends_on
    investment.state = State.STOPPED if stops else investment.state
    said = f"{today:%-d %B %Y}, review: {investment.get_review_choice_display().lower()}. {reason.strip()}"
    investment.story = f"{investment.story}\n\n{said}".strip()
    investment.save(update_fields=["review_choice", "next_review_on", "ends_on", "state", "story"])
    record("review", investment, f"chose to {choice} {investment}: {reason.strip()}", by=by, choice=choice)
    return investment


def _locked(investment: Investment) -> Investment:
    return Investment.objects.select_for_update(of=("self",)).get(pk=investment.pk)
