"""Typed remarks on the submitted version, and the sponsors' answers."""

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.keys import next_code
from activity.refused import Refused, allow, refuse_if
from people.models import User
from people.rules import unit_voiced_by
from proposals.actions.baton import locked_with_sponsors
from proposals.models import Ask, Proposal, ProposalVersion

from .. import rules
from ..models import Feedback, Rubric


@transaction.atomic
def give_feedback(
    *, proposal: Proposal, kind: str, text: str, by: User, ask: Ask | None = None, section: str = ""
) -> Feedback:
    """Write a remark on the version that reviewers read. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(
        rules.can_give_feedback(by, proposal),
        "The cabinet, heads of other units, principals and advisory reviewers give feedback.",
    )
    version, unit = rules.gate_of(proposal), unit_voiced_by(by)
    refuse_if(rules.blockers_to_give_feedback(proposal) or _missing(kind, text, ask, version))
    if version is None or unit is None:
        raise Refused("You have no home unit yet. The administrator sets it.")
    feedback = Feedback.objects.create(
        version=version,
        code=_next_code(proposal),
        kind=kind,
        written_by=by,
        unit=unit,
        ask=ask,
        section=section,
        text=text.strip(),
        written_at=clock.now(),
    )
    label = feedback.get_kind_display().lower()
    record("give feedback", proposal, f"gave feedback {feedback.code} on {proposal.code}: {label}", by=by)
    return feedback


@transaction.atomic
def answer_feedback(*, feedback: Feedback, answer: str, plan_changed: bool, by: User) -> Feedback:
    """Answer a remark for the sponsors and say whether it changed the plan. Raises Refused."""
    feedback = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("version__proposal__season", "answered_by", "unit")
        .defer("version__content")
        .get(pk=feedback.pk)
    )
    proposal = feedback.version.proposal
    allow(rules.can_answer_feedback(by, proposal), "People of the sponsoring units answer feedback.")
    refuse_if(rules.blockers_to_answer_feedback(feedback))
    refuse_if([] if answer.strip() else ["Write a sentence or two, also where the plan stays as it is."])
    feedback.answer, feedback.plan_changed = answer.strip(), plan_changed
    feedback.answered_at, feedback.answered_by = clock.now(), by
    feedback.save(update_fields=["answer", "plan_changed", "answered_at", "answered_by"])
    shaped = f"; {feedback.unit} shaped the plan" if plan_changed else ""
    record("answer feedback", proposal, f"answered {feedback.code} on {proposal.code}{shaped}", by=by)
    return feedback


def _next_code(proposal: Proposal) -> str:
    """F-01, F-02 … through the season; the rubric's row, held here alone, keeps the count apart."""
    list(Rubric.objects.select_for_update(no_key=True).filter(season=proposal.season_id).values_list("pk"))
    codes = Feedback.objects.filter(version__proposal__season=proposal.season_id)
    return next_code("F", codes.values_list("code", flat=True))


def _missing(kind: str, text: str, ask: Ask | None, version: ProposalVersion | None) -> list[str]:
    missing = []
    if version is None:
        missing.append("There is no submitted version to remark on yet.")
    if kind not in Feedback.Kind.values:
        missing.append("Choose what kind of remark it is.")
    if not text.strip():
        missing.append("Write the remark.")
    if ask is not None and version is not None and ask.proposal_id != version.proposal_id:
        missing.append("This ask belongs to another proposal. Choose one of this proposal's asks.")
    return missing
