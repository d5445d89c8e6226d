"""What the home page tells: my proposals, where the season stands, what changed."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from activity import clock
from activity.composed import composed_once
from activity.models import Entry
from goals.models import Goal, Season, Stage
from people.models import User
from people.rules import can_sponsor, is_cabinet, is_decider, is_steward
from proposals.models import Proposal, Sponsorship
from proposals.reading import Sponsor, UnitName
from proposals.rules import blockers_by_stage
from proposals.workflow import EDITABLE, ENDED, Status

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
RECENT, LATELY = timedelta(days=45), 60  # so many acts are looked through for those that are alike
# What everybody may hear of, as far as they may read the thing itself.
TOLD = (
    "goals.Season", "goals.Stage", "investments.Investment", "proposals.Proposal", "proposals.Ask",
)  # fmt: skip
# Single strokes of a longer act: they stand in the proposal's own history.
STROKES = (
    "rate", "edit", "edit sections", "edit ask", "add cost line", "change cost line",
    "remove cost line", "paste", "link", "unlink",
)  # fmt: skip


class Mine(NamedTuple):
    """A proposal of one of my units: its state and the next step."""

    pk: int
    code: str
    title: str
    status: str
    next: str
    due_on: date | None
    sponsors: list[Sponsor]


def my_proposals(user: User, season: Season, most: int = 20) -> list[Mine]:
    """Proposals of my units with their state and the next step; one query."""
    mine = Proposal.objects.filter(season=season).sponsored_by(user).exclude(status__in=ENDED)
    found: dict[int, Mine] = {}
    rows = _standing().filter(proposal__in=mine.order_by("code").values("pk")[:most])
    for pk, code, title, status, late_until, unit, name, is_lead, accepted_at in rows:
        if pk not in found:
            step = _next_step(Proposal(season=season, code=code, status=status, late_until=late_until))
            found[pk] = Mine(pk, code, title, status, *step, [])
        found[pk].sponsors.append(Sponsor(UnitName(unit, name), is_lead, accepted_at))
    return list(found.values())


@composed_once
def _standing() -> QuerySet[Sponsorship]:
    rows = Sponsorship.objects.standing().order_by("proposal__code", "-is_lead", "pk")
    return rows.values_list(
        "proposal_id", "proposal__code", "proposal__title", "proposal__status", "proposal__late_until",
        "unit__code", "unit__name", "is_lead", "accepted_at",
    )  # fmt: skip


def _next_step(proposal: Proposal) -> tuple[str, date | None]:
    """What is to be done and until when; no act that would be refused since its stage has closed."""
    status = Status(proposal.status)
    if status in EDITABLE and (closed := blockers_by_stage(proposal)):
        return f"Too late for this season. {closed[0]}", None
    late_until = proposal.late_until if status in EDITABLE else None
    return NEXT_STEPS[status], late_until or getattr(proposal.season, DUE_DATES.get(status, ""), None)


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


class Told(NamedTuple):
    """Something that happened, and how many acts like it go without saying."""

    entry: Entry
    is_new: bool
    more: int

    @property
    def sentence(self) -> str:
        return self.entry.sentence


def what_changed(user: User, since: datetime | None = None, most: int = 8) -> list[Told]:
    """What happened lately to what this person may see, the newest first; one query.

    The same act on the same thing, or by the same person on the same kind of thing, is one line; what
    departed from the rules always stands by itself, and what is new is not counted with what is not.
    """
    found: list[list[Entry]] = []
    lines: dict[tuple, list[Entry]] = {}
    for entry in _recent_entries(user):
        act = (since is not None and entry.at > since, entry.verb, entry.subject_kind)
        likes = [(*act, "of", entry.person_key), (*act, "on", entry.subject_key)]
        line = next((lines[like] for like in likes if like in lines and not entry.is_integrity), None)
        if line is None:
            line = []
            found.append(line)
        line.append(entry)
        if not entry.is_integrity:
            lines |= dict.fromkeys(likes, line)
    return [Told(line[0], since is not None and line[0].at > since, len(line) - 1) for line in found[:most]]


def _recent_entries(user: User) -> QuerySet[Entry]:
    told = (
        Q(is_integrity=True)
        | Q(subject_kind__in=TOLD)
        | Q(subject_kind="slates.Slate", verb="release")
        | _about("goals.Goal", Goal.objects.visible_to(user))
    )
    now = clock.now()
    entries = readable(user).filter(told, at__gt=now - RECENT, at__lte=now)
    return entries.exclude(verb__in=STROKES)[:LATELY]


def _about(kind: str, rows: QuerySet) -> Q:
    keys = rows.order_by().annotate(as_key=Cast("pk", CharField())).values("as_key")
    return Q(subject_kind=kind, subject_key__in=keys)
