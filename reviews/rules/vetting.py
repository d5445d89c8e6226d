"""Who may remark, rate, return and clear; what stands in the way."""

from goals.models import Season, Stage
from people.models import Post, Unit, User
from people.rules import CABINET, is_cabinet, is_decider, is_steward
from proposals import rules as proposal_rules
from proposals.models import Proposal, ProposalVersion
from proposals.workflow import UNDER_REVIEW, Status, can_do

from ..conflicts import conflict_of
from ..models import Assignment, Feedback
from ..scores import GATE_KINDS
from .answers import SPEAKERS, accepted_unit_ids

Role = Post.Role
REPLIABLE = (*UNDER_REVIEW, Status.VETTED)
FEEDBACK_STAGES = (Stage.Kind.CONSULTATION, Stage.Kind.VETTING)
RATING_STAGES = (Stage.Kind.VETTING, Stage.Kind.SCORING)


def gate_of(proposal: Proposal) -> ProposalVersion | None:
    """The version that reviewers read: the newest submission or resubmission."""
    return proposal.versions.filter(kind__in=GATE_KINDS).order_by("-number").first()


def can_give_feedback(user: User, proposal: Proposal) -> bool:
    """Cabinet, heads of other units, principals, advisory reviewers; not the sponsors themselves."""
    heard = (*CABINET, *SPEAKERS, Role.PRINCIPAL, Role.ADVISORY)
    return user.holds(*heard) and user.near_unit_ids.isdisjoint(proposal.sponsor_unit_ids)


def blockers_to_give_feedback(proposal: Proposal) -> list[str]:
    if proposal.status not in UNDER_REVIEW:
        return [f"{proposal.code} is {proposal.get_status_display().lower()}; its feedback is closed."]
    if not proposal.season.is_open(*FEEDBACK_STAGES):
        return ["Feedback is open in consultation and vetting. See the season's dates."]
    return []


def can_answer_feedback(user: User, proposal: Proposal) -> bool:
    """Anybody who works for a sponsor that has accepted."""
    return not user.unit_ids.isdisjoint(accepted_unit_ids(proposal))


def blockers_to_answer_feedback(feedback: Feedback) -> list[str]:
    if feedback.answered_at:
        return [f"{feedback.code} was answered already by {feedback.answered_by}. Please reload."]
    if feedback.version.proposal.status not in REPLIABLE:
        return [f"{feedback.version.proposal} is no longer under review. Its feedback is closed."]
    return []


def default_reviewers(season: Season) -> list[User]:
    """Every cabinet member and, where the season says so, every head of a central unit."""
    posts = Post.objects.current()
    found = posts.filter(role__in=CABINET)
    if season.heads_rate:
        found = found | posts.filter(role=Role.HEAD).exclude(unit__kind=Unit.Kind.SCHOOL)
    return list(User.objects.filter(is_active=True, pk__in=found.values("person")))


def advisory_reviewers() -> list[User]:
    posts = Post.objects.current().filter(role=Role.ADVISORY)
    return list(User.objects.filter(is_active=True, pk__in=posts.values("person")))


def is_advisory(user: User, season: Season) -> bool:
    """Rates apart from the score, as everybody but the cabinet and, where heads rate, the heads."""
    return not user.holds(*_rating_roles(season))


def _rating_roles(season: Season) -> tuple[str, ...]:
    return (*CABINET, Role.HEAD) if season.heads_rate else CABINET


def blockers_to_rate_in_score(season: Season, people: list[User]) -> list[str]:
    """Whose ratings make no score: one sentence for each of them; one query."""
    posts = Post.objects.current().filter(role__in=_rating_roles(season), person__in=people)
    fit = set(posts.order_by().values_list("person_id", flat=True))
    who = "cabinet members and unit heads do" if season.heads_rate else "only cabinet members do"
    return [
        f"{person} does not rate in the score: {who}. Assign {person} as an advisory reviewer."
        for person in people
        if person.pk not in fit
    ]


def assignment_of(user: User, proposal: Proposal) -> Assignment | None:
    """This person's assignment to this proposal, recused or not."""
    return Assignment.objects.filter(proposal=proposal, reviewer=user).first()


def why_not_rate(user: User, proposal: Proposal, assignment: Assignment | None) -> str:
    """Why this person does not rate this proposal; '' when they do."""
    conflict = conflict_of(user, proposal)
    if conflict:
        return f"{conflict} Nobody rates their own."
    if assignment is None:
        return "You are not assigned to rate this proposal. The steward assigns reviewers."
    if assignment.recused_at:
        return "You stepped back from this proposal, so your ratings do not count."
    return ""


def can_rate(user: User, proposal: Proposal) -> bool:
    """Assigned, not recused, without conflict."""
    return not why_not_rate(user, proposal, assignment_of(user, proposal))


def blockers_to_rate(proposal: Proposal) -> list[str]:
    if proposal.status not in UNDER_REVIEW:
        return [f"{proposal.code} is {proposal.get_status_display().lower()}; its ratings are closed."]
    if not proposal.season.is_open(*RATING_STAGES):
        return ["Ratings are open in vetting and scoring. See the season's dates."]
    return []


def can_recuse(user: User, assignment: Assignment) -> bool:
    return assignment.reviewer_id == user.pk or is_steward(user)


def can_take_recusal_back(user: User, assignment: Assignment) -> bool:
    """Who stepped back in person; the steward in any case, who may have had a reason to recuse somebody."""
    in_person = assignment.recused_by_id in (None, assignment.reviewer_id)
    return is_steward(user) or (in_person and assignment.reviewer_id == user.pk)


def can_see_scores(user: User) -> bool:
    """Cabinet, deciders and the steward read the vetting overview."""
    return is_cabinet(user) or is_decider(user) or is_steward(user)


def can_send_back(user: User) -> bool:
    return is_steward(user) or is_decider(user)


def blockers_to_pass(proposal: Proposal, act: str) -> list[str]:
    """A sentence when the table does not hold this act out of the proposal's status."""
    if can_do(proposal.status, act):
        return []
    return [f"{proposal.code} is {proposal.get_status_display().lower()} now. Please reload the page."]


def can_resubmit(user: User, proposal: Proposal) -> bool:
    """Head or deputy of the lead."""
    return proposal.lead is not None and user.speaks_for(proposal.lead.pk)


def blockers_to_resubmit(proposal: Proposal) -> list[str]:
    """What this floor wants before reviewers read on; sign-ons and asks are checked one floor below."""
    blockers = blockers_to_pass(proposal, "resubmit")
    if not blockers:
        waiting = Feedback.objects.open().filter(version__proposal=proposal).values_list("code", flat=True)
        if waiting:
            blockers.append(f"Answer every remark first: {', '.join(waiting)} still wait for an answer.")
    return blockers


def all_blockers_to_resubmit(proposal: Proposal) -> list[str]:
    """What the page says before the button: our own check and the one of the floor below."""
    return [*blockers_to_resubmit(proposal), *proposal_rules.blockers_to_resubmit(proposal)]
