"""What the home page tells: my proposals, where the season stands, what changed."""

from datetime import timedelta

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from activity import clock
from activity.models import Entry
from goals.models import Goal, Season, Stage
from people.models import User
from people.rules import can_sponsor, is_cabinet, is_decider, is_steward
from proposals.models import Proposal, Sponsorship
from proposals.workflow import ENDED, Status

from .history import readable

Kind = Stage.Kind

# Whose moment a stage is, and what it is for. The first one that is not over is the next moment.
MOMENTS = {
    Kind.SETUP: (is_steward, "Set up the season with its rules"),
    Kind.GOALS: (is_cabinet, "Name the problems and adopt the goals"),
    Kind.INTENTS: (can_sponsor, "Post intents and find partners"),
    Kind.DRAFTING: (can_sponsor, "Draft with your partners, send asks, sign on"),
    Kind.CONSULTATION: (can_sponsor, "Answer the asks to your unit"),
    Kind.VETTING: (lambda user: can_sponsor(user) or is_cabinet(user), "Give feedback on proposals"),
    Kind.REVISION: (can_sponsor, "Answer the feedback and resubmit"),
    Kind.SCORING: (lambda user: can_sponsor(user) or is_cabinet(user), "Rate the proposals assigned to you"),
    Kind.SLATE: (is_decider, "Compare slates and freeze one"),
    Kind.DECISION: (is_decider, "Approve the slate and release all decisions"),
}

NEXT_STEPS = {
    Status.DRAFT: "Collect every sign-on, then submit",
    Status.SUBMITTED: "Others read it and give feedback",
    Status.IN_REVISION: "Answer the feedback, then resubmit",
    Status.VETTED: "Waits for the slate",
    Status.HELD: "Waits for the release of all decisions",
    Status.FUNDED: "Keep the commitments and report",
    Status.DEFERRED: "May be carried into the next season",
    Status.NOT_FUNDED: "Read the reason",
}
DUE_DATES = {Status.DRAFT: "submission_due_on", Status.IN_REVISION: "revision_due_on"}
RECENT = timedelta(days=45)
# What everybody may hear of, as far as they may read the thing itself.
TOLD = (
    "goals.Season", "goals.Stage", "investments.Investment", "proposals.Proposal", "proposals.Ask",
)  # fmt: skip
# Single strokes of a longer act: they stand in the proposal's own history.
STROKES = (
    "rate", "edit", "edit sections", "edit ask", "add cost line", "change cost line",
    "remove cost line", "paste", "link", "unlink",
)  # fmt: skip


def my_proposals(user: User, season: Season, most: int = 20) -> list[dict]:
    """Proposals of my units with their state and the next step; one query."""
    mine = Proposal.objects.filter(season=season).sponsored_by(user).exclude(status__in=ENDED)
    found: dict[Proposal, list[Sponsorship]] = {}
    rows = Sponsorship.objects.standing().filter(proposal__in=mine.order_by("code").values("pk")[:most])
    for row in rows.select_related("proposal", "unit").order_by("proposal__code", "-is_lead", "pk"):
        found.setdefault(row.proposal, []).append(row)
    return [
        {
            "proposal": proposal,
            "sponsors": sponsors,
            "next": NEXT_STEPS[Status(proposal.status)],
            "due_on": getattr(season, DUE_DATES.get(Status(proposal.status), ""), None),
        }
        for proposal, sponsors in found.items()
    ]


def where_we_stand(user: User, season: Season) -> dict:
    """The stages around today, those open now, and this person's next moment."""
    today = clock.today()
    stages = season.all_stages
    ahead = [stage for stage in stages if stage.closes >= today]
    first = stages.index(ahead[0]) if ahead else len(stages)
    return {
        "open": [stage for stage in stages if stage.opens <= today <= stage.closes],
        "around": [
            {"stage": stage, "when": _when(stage, today)} for stage in stages[max(first - 1, 0) : first + 4]
        ],
        "moment": next((_moment(stage) for stage in ahead if _is_mine(stage, user)), None),
        "is_over": bool(stages) and not ahead,
    }


def _when(stage: Stage, today) -> str:
    if stage.closes < today:
        return "past"
    return "now" if stage.opens <= today else ""


def _is_mine(stage: Stage, user: User) -> bool:
    return stage.kind in MOMENTS and MOMENTS[Kind(stage.kind)][0](user)


def _moment(stage: Stage) -> dict:
    return {"stage": stage, "what": MOMENTS[Kind(stage.kind)][1], "is_open": stage.opens <= clock.today()}


def recent_entries(user: User, most: int = 8) -> QuerySet[Entry]:
    """What happened lately to what this person may see."""
    told = (
        Q(is_integrity=True)
        | Q(subject_kind__in=TOLD)
        | Q(subject_kind="slates.Slate", verb="release")
        | _about("goals.Goal", Goal.objects.visible_to(user))
    )
    now = clock.now()
    entries = readable(user).filter(told, at__gt=now - RECENT, at__lte=now)
    return entries.exclude(verb__in=STROKES)[:most]


def _about(kind: str, rows: QuerySet) -> Q:
    keys = rows.order_by().annotate(as_key=Cast("pk", CharField())).values("as_key")
    return Q(subject_kind=kind, subject_key__in=keys)
