"""Who is awaited on this floor: answers, conditions, replies to feedback, ratings, assigning, clearing."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from activity import clock
from activity.addresses import row_url
from activity.awaited import Awaited
from activity.composed import composed_once
from goals.models import Stage, stage_open
from people.models import User
from proposals.models import AskTerms, Proposal, Sponsorship
from proposals.rules import title_read
from proposals.workflow import UNDER_REVIEW, Status

from .conflicts import reason_of, standings_of
from .models import Assignment, Condition, Endorsement, Feedback
from .reading import rated_of, with_counts, with_due
from .rules import ANSWERABLE, RATING_STAGES, REPLIABLE, heads_on_both_sides
from .voices import Voices


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Everybody, or these people, with what they are awaited for; at most eleven queries.

    The rows of one person are theirs by the query already, so that sponsors need not be read.
    """
    people = None if people is None else list(people)
    voices = Voices(people)
    terms = _open_terms(voices, people)
    conditions = _open_conditions(voices, people)
    remarks = _open_feedback(voices, people)
    reviews = _open_reviews(people)
    keys: Iterable[int] = (row.proposal_id for row in reviews)
    if not voices.of_one:
        keys = chain(keys, (row.proposal_id for row in (*terms, *conditions, *remarks)))
    sponsors = _sponsors(None if people is None else set(keys))
    yield from _answers(terms, voices, sponsors)
    yield from _settlements(conditions, voices, sponsors)
    yield from _replies(remarks, voices, sponsors)
    yield from _ratings(reviews, sponsors)
    yield from _assigning(voices)
    yield from _clearing(voices)


def _sponsors(proposal_ids: set[int] | None) -> dict[int, list[Sponsorship]]:
    """Standing sponsors by proposal; of every proposal that is not decided unless told."""
    open_ones = Q(proposal__status__in=ANSWERABLE) if proposal_ids is None else Q(proposal__in=proposal_ids)
    rows = Sponsorship.objects.standing().filter(open_ones).select_related("unit")
    found: dict[int, list[Sponsorship]] = {}
    for row in rows.order_by("-is_lead", "pk"):
        found.setdefault(row.proposal_id, []).append(row)
    return found


def _accepted(sponsors: dict[int, list[Sponsorship]], proposal_id: int) -> list[Sponsorship]:
    """Sponsors that act for the proposal; who is only invited does not."""
    return [row for row in sponsors.get(proposal_id, ()) if row.accepted_at]


def _sponsored(proposal: str, voices: Voices) -> Exists:
    """For a query: these voices speak for a sponsor of its proposal that has accepted."""
    theirs = Sponsorship.objects.standing().filter(unit__in=list(voices.speakers), accepted_at__isnull=False)
    return Exists(theirs.filter(proposal=OuterRef(proposal)))


class Unanswered(NamedTuple):
    """The newest terms of an ask that nobody answered."""

    pk: int
    ask_id: int
    what: str
    unit_id: int
    unit: str
    proposal_id: int
    code: str
    title: str
    due_on: date | None
    both_sides: bool = False


def _open_terms(voices: Voices, people: list[User] | None) -> Iterable[Unanswered]:
    terms = _unanswered()
    # Only a superintendent answers where one person heads both sides; looking for that is dear.
    if voices.superintendents:
        terms = terms.annotate(both_sides=heads_on_both_sides("ask__proposal", "ask__asked_unit"))
    if people is not None:
        reach = Q(ask__asked_unit__in=list(voices.answerers))
        terms = terms.filter(reach | Q(both_sides=True) if voices.superintendents else reach)
    if voices.of_one:
        theirs = Sponsorship.objects.standing().filter(unit__in=voices.of_one.unit_ids)
        terms = terms.filter(~Exists(theirs.filter(proposal=OuterRef("ask__proposal"))))
    return [Unanswered(*row) for row in terms]


@composed_once
def _unanswered() -> QuerySet:
    newer = AskTerms.objects.filter(ask=OuterRef("ask"), number__gt=OuterRef("number"))
    terms = AskTerms.objects.filter(
        ~Exists(newer),
        ~Exists(Endorsement.objects.filter(terms=OuterRef("pk"))),
        ask__withdrawn_at=None,
        ask__proposal__status__in=ANSWERABLE,
    )
    terms = terms.annotate(
        title=title_read("ask__proposal__"),
        due=Coalesce("answer_due_on", "ask__proposal__season__answers_due_on"),
    )
    return terms.order_by("pk").values_list(
        "pk", "ask_id", "what", "ask__asked_unit_id", "ask__asked_unit__name", "ask__proposal_id",
        "ask__proposal__code", "title", "due",
    )  # fmt: skip


def _answers(terms: Iterable[Unanswered], voices: Voices, sponsors: dict) -> Iterator[Awaited]:
    for row in terms:
        asking = {sponsor.unit_id for sponsor in sponsors.get(row.proposal_id, ())}
        people = dict(voices.answerers.get(row.unit_id, {}))
        if row.both_sides:
            people |= voices.superintendents
        for pk, person in people.items():
            if asking.isdisjoint(voices.units[pk]):
                away = voices.in_place_of.get((row.unit_id, pk))
                unit = f"{row.unit}, in place of {away}" if away else row.unit
                yield Awaited.of(
                    person,
                    f"ask:{row.ask_id}:terms:{row.pk}",
                    f"Answer {row.code} {row.title} for {unit}: {_short(row.what)}",
                    row_url("ask", row.ask_id),
                    row.due_on,
                )


class Unsettled(NamedTuple):
    """A condition of the newest answer to the newest terms that the sponsors did not settle."""

    pk: int
    text: str
    ask_id: int
    unit: str
    proposal_id: int
    code: str
    due_on: date | None


def _open_conditions(voices: Voices, people: list[User] | None) -> list[Unsettled]:
    conditions = _unsettled()
    if people is not None:
        conditions = conditions.filter(_sponsored("endorsement__terms__ask__proposal", voices))
    return [Unsettled(*row) for row in conditions]


@composed_once
def _unsettled() -> QuerySet:
    ask = "endorsement__terms__ask"
    conditions = Condition.objects.filter(
        endorsement__in=Endorsement.objects.current(),
        accepted_at=None,
        refused_at=None,
        endorsement__terms__ask__proposal__status__in=ANSWERABLE,
    )
    return conditions.order_by("pk").values_list(
        "pk", "text", f"{ask}_id", f"{ask}__asked_unit__name", f"{ask}__proposal_id",
        f"{ask}__proposal__code", f"{ask}__proposal__season__revision_due_on",
    )  # fmt: skip


def _settlements(conditions: Iterable[Unsettled], voices: Voices, sponsors: dict) -> Iterator[Awaited]:
    for row in conditions:
        for person in voices.asking(_accepted(sponsors, row.proposal_id)).values():
            yield Awaited.of(
                person,
                f"condition:{row.pk}",
                f"Accept or refuse the condition of {row.unit} on {row.code}: {_short(row.text)}",
                row_url("ask", row.ask_id),
                row.due_on,
            )


class Unreplied(NamedTuple):
    """Feedback that waits for the sponsors' answer."""

    pk: int
    code: str
    unit: str
    proposal_id: int
    proposal_code: str
    proposal_title: str
    due_on: date | None


def _open_feedback(voices: Voices, people: list[User] | None) -> list[Unreplied]:
    remarks = _unreplied()
    if people is not None:
        remarks = remarks.filter(_sponsored("version__proposal", voices))
    return [Unreplied(*row) for row in remarks]


@composed_once
def _unreplied() -> QuerySet:
    remarks = Feedback.objects.open().filter(version__proposal__status__in=REPLIABLE).order_by("pk")
    return remarks.values_list(
        "pk", "code", "unit__name", "version__proposal_id", "version__proposal__code",
        "version__proposal__title", "version__proposal__season__revision_due_on",
    )  # fmt: skip


def _replies(remarks: Iterable[Unreplied], voices: Voices, sponsors: dict) -> Iterator[Awaited]:
    for row in remarks:
        for person in voices.asking(_accepted(sponsors, row.proposal_id)).values():
            yield Awaited.of(
                person,
                f"feedback:{row.pk}",
                f"Answer {row.code} of {row.unit} on {row.proposal_code} {row.proposal_title}",
                row_url("feedback", row.proposal_id) + f"#feedback-{row.pk}",
                row.due_on,
            )


def _open_reviews(people: list[User] | None) -> list[Assignment]:
    """Standing assignments whose ratings are open now and not complete."""
    reviews = _standing_reviews().filter(stage_open("proposal__season", *RATING_STAGES))
    if people is not None:
        reviews = reviews.filter(reviewer__in=[person.pk for person in people])
    return [row for row in reviews if rated_of(row) < row.criteria]


@composed_once
def _standing_reviews() -> QuerySet[Assignment]:
    """Put together once; whether a stage is open is asked each time."""
    reviews = Assignment.objects.filter(
        recused_at=None, reviewer__is_active=True, proposal__status__in=UNDER_REVIEW
    )
    reviews = with_due(with_counts(reviews)).annotate(title=title_read("proposal__"))
    return reviews.select_related("proposal", "reviewer").only(
        "finished_at", "due_on", "reviewer__name", "reviewer__email", "reviewer__unit", "proposal__code"
    )


def _ratings(reviews, sponsors: dict) -> Iterator[Awaited]:
    standings = standings_of({row.reviewer_id: row.reviewer.unit_id for row in reviews}) if reviews else {}
    for row in reviews:
        if not reason_of(standings[row.reviewer_id], sponsors.get(row.proposal_id, ())):
            rated = rated_of(row)
            done = f" ({rated} of {row.criteria} criteria done)" if rated else ""
            yield Awaited.of(
                row.reviewer,
                f"rate:{row.pk}:{row.gate_substance[:12]}",
                f"Rate {row.proposal.code} {row.title}{done}",
                row_url("review", row.proposal_id),
                row.due,
            )


def _assigning(voices: Voices) -> Iterator[Awaited]:
    """The steward assigns reviewers to what nobody reads yet, once vetting is open."""
    if not voices.stewards:
        return
    standing = Assignment.objects.filter(proposal=OuterRef("pk"), recused_at=None)
    unread = Proposal.objects.filter(
        stage_open("season", *RATING_STAGES), ~Exists(standing), status=Status.SUBMITTED
    )
    for season_id, count in unread.order_by().values_list("season_id").annotate(Count("pk")):
        what = "1 proposal" if count == 1 else f"{count} proposals"
        sentence = f"Assign reviewers to {what}: nobody reads {'it' if count == 1 else 'them'} yet"
        for person in voices.stewards.values():
            yield Awaited.of(person, f"assign:{season_id}", sentence, reverse("vetting"))


def _clearing(voices: Voices) -> Iterator[Awaited]:
    """The steward clears what is still submitted once scoring has closed."""
    if not voices.stewards:
        return
    scoring = Stage.objects.filter(season=OuterRef("season"), kind=Stage.Kind.SCORING)
    waiting = Proposal.objects.filter(
        Exists(scoring), ~Exists(scoring.filter(closes__gte=clock.today())), status=Status.SUBMITTED
    )
    slate = Stage.objects.filter(kind=Stage.Kind.SLATE)
    opens = dict(slate.order_by("-opens").values_list("season_id", "opens"))
    for season_id, count in waiting.order_by().values_list("season_id").annotate(Count("pk")):
        for person in voices.stewards.values():
            yield Awaited.of(
                person,
                f"clear:{season_id}",
                f"Scoring has closed: clear {count} proposal{'' if count == 1 else 's'} for the slate",
                reverse("vetting"),
                opens.get(season_id),
            )


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
