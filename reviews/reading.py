"""Lists that pages and the inbox read: asks with their answers, assignments with their progress."""

from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from activity.composed import composed_once
from goals.models import Season, Stage, stage_open
from people.models import User
from proposals.arithmetic import fte_of, sum_of
from proposals.models import Ask, Proposal, ProposalVersion, Section
from proposals.models.changes import changed_parts
from proposals.models.content import said
from proposals.reading import sponsors_of
from proposals.rules import title_read

from . import rules
from .models import Assignment, Criterion, Endorsement, Feedback, Rating, asks_with_answers
from .scores import GATE_KINDS, criteria_of

ROWS = 50


def with_progress(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Annotate `criteria` to rate and how many are `rated`; what was left out on purpose counts as done."""
    return with_counts(assignments).annotate(
        rated=Case(When(finished_at__isnull=False, given__gt=0, then=F("criteria")), default=F("given"))
    )


def rated_of(row: Assignment) -> int:
    """The same for a row with counts alone, whose query is much shorter."""
    return row.criteria if row.finished_at and row.given else row.given


def with_counts(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Annotate `criteria` to rate and how many are `given` on the substance that is read now."""
    gate = ProposalVersion.objects.filter(proposal=OuterRef("proposal"), kind__in=GATE_KINDS)
    gate = gate.order_by("-number")
    counting = Q(version__substance=OuterRef("gate_substance")) | (
        Q(is_imported=True) & Q(is_imported=OuterRef("gate_imported"))
    )
    rated = Rating.objects.filter(
        counting, version__proposal=OuterRef("proposal"), reviewer=OuterRef("reviewer")
    )
    criteria = Criterion.objects.filter(rubric__season=OuterRef("proposal__season"))
    return assignments.annotate(
        gate_substance=Subquery(gate.values("substance")[:1]),
        gate_imported=Subquery(gate.values("is_imported")[:1]),
    ).annotate(
        given=_counted(rated.order_by().values("reviewer").annotate(n=Count("criterion", distinct=True))),
        criteria=_counted(criteria.order_by().values("rubric").annotate(n=Count("pk"))),
    )


def not_complete(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Reviews that still wait for a criterion; without criteria every one of them."""
    return with_progress(assignments).filter(Q(rated__lt=F("criteria")) | Q(criteria=0))


def _counted(rows) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


def with_due(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Annotate `due`: the assignment's own day, else the last day of scoring."""
    last = (
        Stage.objects.filter(season=OuterRef("proposal__season"), kind=Stage.Kind.SCORING)
        .order_by("-closes")
        .values("closes")[:1]
    )
    return assignments.annotate(due=Coalesce(F("due_on"), Subquery(last)))


def _with_condition(asks: QuerySet[Ask]) -> QuerySet[Ask]:
    """Annotate whether the condition of the current answer was accepted or refused."""
    newest = Endorsement.objects.filter(terms=OuterRef("current_terms_id")).order_by("-number")
    return asks.annotate(
        condition_accepted_at=Subquery(newest.values("condition__accepted_at")[:1]),
        condition_refused_at=Subquery(newest.values("condition__refused_at")[:1]),
    )


def my_reviews(season: Season | None, user: User, number: int = 1) -> tuple[list[Assignment], bool]:
    """A page of what this person rates or rated, what waits first; are there more? Two queries at most."""
    mine = Assignment.objects.filter(reviewer=user, proposal__season=season)
    if season is None or not mine.exists():
        return [], False  # most people rate nothing, and counting progress is dear
    rows = with_due(with_progress(mine)).annotate(
        is_open=stage_open("proposal__season", *rules.RATING_STAGES),
        title=title_read("proposal__"),
        place=Case(
            When(recused_at__isnull=False, then=Value(2)),
            When(rated__gte=F("criteria"), then=Value(1)),
            default=Value(0),
        ),
    )
    start = (number - 1) * ROWS
    rows = rows.select_related("proposal").order_by("place", "proposal__code")[start : start + ROWS + 1]
    return list(rows)[:ROWS], len(rows) > ROWS


@composed_once
def _under_review() -> QuerySet:
    """Proposals for the steward: how many review, have rated, and wait for an answer; put together once."""
    standing = Assignment.objects.filter(proposal=OuterRef("pk"), recused_at=None).order_by()
    gate = ProposalVersion.objects.filter(proposal=OuterRef("pk"), kind__in=GATE_KINDS).order_by("-number")
    rated = Rating.objects.filter(
        version__proposal=OuterRef("pk"), version__substance=OuterRef("gate_substance"), is_advisory=False
    ).order_by()
    remarks = Feedback.objects.open().filter(version__proposal=OuterRef("pk")).order_by()
    return (
        Proposal.objects.under_review()
        .annotate(gate_substance=Subquery(gate.values("substance")[:1]))
        .annotate(
            reviewers=_counted(standing.values("proposal").annotate(n=Count("pk"))),
            raters=_counted(rated.values("version__proposal").annotate(n=Count("reviewer", distinct=True))),
            open_remarks=_counted(remarks.values("version__proposal").annotate(n=Count("pk"))),
            read_title=title_read(),
        )
        .order_by("code")
        .values_list("pk", "code", "read_title", "status", "reviewers", "raters", "open_remarks")
    )


class Queue(NamedTuple):
    """A page of the queue: plain rows with their sponsors, and the pages beside it (0: there is none)."""

    rows: list[tuple]
    earlier: int
    later: int


def queue_page(season: Season | None, number: int) -> Queue:
    """A page of those proposals with their sponsors; two queries."""
    start = (number - 1) * ROWS
    found = list(_under_review().filter(season=season)[start : start + ROWS + 1])
    sponsors = sponsors_of([pk for pk, *_ in found[:ROWS]])
    return Queue(
        [(*row, sponsors.get(row[0], [])) for row in found[:ROWS]],
        earlier=number - 1,
        later=number + 1 if len(found) > ROWS else 0,
    )


def answered_asks(proposal: Proposal) -> list[Ask]:
    """What was sent, with the answers and their conditions; one query."""
    asks = asks_with_answers(Ask.objects.sent().filter(proposal=proposal))
    return list(_with_condition(asks).select_related("asked_unit").order_by("code"))


def feedback_on(proposal: Proposal) -> list[Feedback]:
    """Every remark on any version of the proposal; one query."""
    rows = Feedback.objects.filter(version__proposal=proposal).defer("version__content")
    return list(rows.select_related("version", "unit", "written_by", "answered_by", "ask"))


class Changed(NamedTuple):
    """The version that a reader rated, by number, and what differs in the one that is read now."""

    number: int
    parts: list[str]


class ReviewPage:
    """What the review page shows one reader; everything is read at most once."""

    def __init__(self, proposal: Proposal, reader: User):
        self.proposal, self.reader = proposal, reader

    @cached_property
    def version(self) -> ProposalVersion | None:
        return rules.gate_of(self.proposal)

    @cached_property
    def sections(self) -> list[tuple[str, str]]:
        """(label, text) in the order of the form."""
        content = self.version.content
        return [
            (label, said(content, kind))
            for kind, label in Section.Kind.choices
            if content["sections"].get(kind)
        ]

    @cached_property
    def cost(self) -> list[tuple[str, int]]:
        """(year, cents) over all lines."""
        return list(zip(self.proposal.season.years, sum_of(self.version.content).cents, strict=False))

    @cached_property
    def fte(self) -> Decimal:
        return fte_of(self.version.content)

    @cached_property
    def assignment(self) -> Assignment | None:
        return rules.assignment_of(self.reader, self.proposal)

    @cached_property
    def why_not_rate(self) -> str:
        return rules.why_not_rate(self.reader, self.proposal, self.assignment)

    @property
    def may_judge_after_all(self) -> bool:
        """Stepped back, and may take that back."""
        mine = self.assignment
        return bool(mine and mine.recused_at) and rules.can_take_recusal_back(self.reader, mine)

    @cached_property
    def rating_blockers(self) -> list[str]:
        return rules.blockers_to_rate(self.proposal)

    @cached_property
    def criteria(self) -> list[Criterion]:
        return criteria_of(self.proposal.season)

    @cached_property
    def given(self) -> dict[int, Rating]:
        """The reader's newest ratings by criterion, on whichever version."""
        if self.assignment is None:
            return {}
        rows = Rating.objects.filter(reviewer=self.reader, version__proposal=self.proposal)
        rows = rows.select_related("version", "criterion").defer("version__content")
        rows = rows.order_by("version__number")
        return {row.criterion_id: row for row in rows}

    @cached_property
    def given_before(self) -> bool:
        """Were they given to another substance, so that new ones are awaited?"""
        return any(row.version.substance != self.version.substance for row in self.given.values())

    @cached_property
    def changed(self) -> Changed | None:
        """The version that the reader rated, if another is read now, and what differs since."""
        rated = max((row.version for row in self.given.values()), key=lambda v: v.number, default=None)
        if rated is None or self.version is None or rated.pk == self.version.pk:
            return None
        content = ProposalVersion.objects.values_list("content", flat=True).get(pk=rated.pk)
        return Changed(rated.number, changed_parts(content, self.version.content))

    @cached_property
    def asks(self) -> list[Ask]:
        """What was sent: drafts of asks are the sponsors' own."""
        return answered_asks(self.proposal)

    @cached_property
    def feedback(self) -> list[Feedback]:
        return feedback_on(self.proposal)

    @cached_property
    def feedback_blockers(self) -> list[str]:
        if not rules.can_give_feedback(self.reader, self.proposal):
            return ["The cabinet, heads of other units, principals and advisory reviewers give feedback."]
        return rules.blockers_to_give_feedback(self.proposal)
