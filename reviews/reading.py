"""Lists that pages and the inbox read: asks with their answers, assignments with their progress."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from activity import clock
from goals.models import Stage
from proposals.models import Ask, AskTerms, ProposalVersion, Sponsorship

from .models import Assignment, Criterion, Endorsement, Rating, asks_with_answers
from .scores import GATE_KINDS


def with_progress(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Annotate `criteria` to rate and how many are `rated` on the substance that is read now."""
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
        rated=_counted(rated.order_by().values("reviewer").annotate(n=Count("criterion", distinct=True))),
        criteria=_counted(criteria.order_by().values("rubric").annotate(n=Count("pk"))),
    )


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


def stage_open(season: str, *kinds: str) -> Exists:
    """For a query: is today in a stage of one of these kinds of that season?"""
    today = clock.today()
    return Exists(
        Stage.objects.filter(season=OuterRef(season), kind__in=kinds, opens__lte=today, closes__gte=today)
    )


def asks_in_full(asks: QuerySet[Ask]) -> QuerySet[Ask]:
    """Sent asks with answer, condition, proposal and sponsors, for lists."""
    newest = Endorsement.objects.filter(terms=OuterRef("current_terms_id")).order_by("-number")
    terms = AskTerms.objects.filter(pk=OuterRef("current_terms_id"))
    sponsors = Prefetch("proposal__sponsorships", Sponsorship.objects.select_related("unit"))
    return (
        asks_with_answers(asks)
        .filter(current_terms_id__isnull=False)
        .annotate(
            due=Coalesce(Subquery(terms.values("answer_due_on")[:1]), F("proposal__season__answers_due_on")),
            sent_what=Subquery(terms.values("what")[:1]),
            sent_effort=Subquery(terms.values("effort")[:1]),
            sent_hours=Subquery(terms.values("effort_hours")[:1]),
            sent_per=Subquery(terms.values("effort_per")[:1]),
            sent_posts=Subquery(terms.values("posts_to_fill")[:1]),
            sent_needed_by=Subquery(terms.values("needed_by")[:1]),
            sent_if_declined=Subquery(terms.values("if_declined")[:1]),
            condition_accepted_at=Subquery(newest.values("condition__accepted_at")[:1]),
            condition_refused_at=Subquery(newest.values("condition__refused_at")[:1]),
            answered_at=Subquery(newest.values("answered_at")[:1]),
        )
        .select_related("asked_unit", "proposal")
        .prefetch_related(sponsors)
    )
