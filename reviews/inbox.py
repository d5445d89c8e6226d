"""Who is awaited on this floor: answers, conditions, replies to feedback, ratings, assigning, clearing."""

from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from activity import clock
from activity.addresses import row_url
from activity.awaited import Awaited
from goals.models import Stage
from people.models import User
from proposals.models import AskTerms, Proposal, Sponsorship
from proposals.workflow import UNDER_REVIEW, Status

from .conflicts import reason_of, standings_of
from .models import Assignment, Condition, Endorsement, Feedback
from .reading import stage_open, with_due, with_progress
from .rules import ANSWERABLE, RATING_STAGES, REPLIABLE, heads_on_both_sides
from .voices import Voices


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Everybody, or these people, with what they are awaited for; at most eleven queries.

    The rows of one person are theirs by the query already, so that sponsors need not be read.
    """
    people = None if people is None else list(people)
    voices = Voices(people)
    terms = list(_open_terms(voices, people))
    conditions = list(_open_conditions(voices, people))
    remarks = list(_open_feedback(voices, people))
    reviews = list(_open_reviews(people))
    keys: Iterable[int] = (row.proposal_id for row in reviews)
    if not voices.of_one:
        keys = chain(
            keys,
            (row.ask.proposal_id for row in terms),
            (row.endorsement.terms.ask.proposal_id for row in conditions),
            (row.version.proposal_id for row in remarks),
        )
    sponsors = _sponsors(None if people is None else set(keys))
    yield from _answers(terms, voices, sponsors)
    yield from _settlements(conditions, voices, sponsors)
    yield from _replies(remarks, voices, sponsors)
    yield from _ratings(reviews, sponsors)
    yield from _assigning(voices)
    yield from _clearing(voices)


def _sponsors(proposal_ids: set[int] | None) -> dict[int, list[Sponsorship]]:
    """Standing sponsors by proposal; of every proposal that is not decided unless told."""
    rows = Sponsorship.objects.standing().select_related("unit").order_by("-is_lead", "pk")
    if proposal_ids is None:
        rows = rows.filter(proposal__status__in=ANSWERABLE)
    else:
        rows = rows.filter(proposal__in=proposal_ids)
    found: dict[int, list[Sponsorship]] = {}
    for row in rows:
        found.setdefault(row.proposal_id, []).append(row)
    return found


def _accepted(sponsors: dict[int, list[Sponsorship]], proposal_id: int) -> list[Sponsorship]:
    """Sponsors that act for the proposal; who is only invited does not."""
    return [row for row in sponsors.get(proposal_id, ()) if row.accepted_at]


def _sponsored(proposal: str, voices: Voices) -> Exists:
    """For a query: these voices speak for a sponsor of its proposal that has accepted."""
    theirs = Sponsorship.objects.standing().filter(unit__in=list(voices.speakers), accepted_at__isnull=False)
    return Exists(theirs.filter(proposal=OuterRef(proposal)))


def _open_terms(voices: Voices, people: list[User] | None):
    """The newest terms of asks that nobody answered."""
    newer = AskTerms.objects.filter(ask=OuterRef("ask"), number__gt=OuterRef("number"))
    terms = AskTerms.objects.filter(
        ~Exists(newer),
        ~Exists(Endorsement.objects.filter(terms=OuterRef("pk"))),
        ask__withdrawn_at=None,
        ask__proposal__status__in=ANSWERABLE,
    ).annotate(both_sides=heads_on_both_sides("ask__proposal", "ask__asked_unit"))
    if people is not None:
        reach = Q(ask__asked_unit__in=list(voices.answerers))
        terms = terms.filter(reach | Q(both_sides=True) if voices.superintendents else reach)
    if voices.of_one:
        theirs = Sponsorship.objects.standing().filter(unit__in=voices.of_one.unit_ids)
        terms = terms.filter(~Exists(theirs.filter(proposal=OuterRef("ask__proposal"))))
    terms = terms.select_related("ask__asked_unit", "ask__proposal__season").order_by("pk")
    return terms.only(
        "what", "answer_due_on", "ask__asked_unit__name", "ask__proposal__code", "ask__proposal__title",
        "ask__proposal__season__answers_due_on",
    )  # fmt: skip


def _answers(terms, voices: Voices, sponsors: dict) -> Iterator[Awaited]:
    for row in terms:
        ask, proposal = row.ask, row.ask.proposal
        asking = {sponsor.unit_id for sponsor in sponsors.get(proposal.pk, ())}
        people = dict(voices.answerers.get(ask.asked_unit_id, {}))
        if row.both_sides:
            people |= voices.superintendents
        for pk, person in people.items():
            if asking.isdisjoint(voices.units[pk]):
                yield Awaited.of(
                    person,
                    f"ask:{ask.pk}:terms:{row.pk}",
                    f"Answer {proposal.code} {proposal.title} for {ask.asked_unit}: {_short(row.what)}",
                    row_url("ask", ask.pk),
                    row.answer_due_on or proposal.season.answers_due_on,
                )


def _open_conditions(voices: Voices, people: list[User] | None):
    """Conditions of the newest answer to the newest terms that the sponsors did not settle."""
    conditions = Condition.objects.filter(
        endorsement__in=Endorsement.objects.current(),
        accepted_at=None,
        refused_at=None,
        endorsement__terms__ask__proposal__status__in=ANSWERABLE,
    )
    if people is not None:
        conditions = conditions.filter(_sponsored("endorsement__terms__ask__proposal", voices))
    related = ("endorsement__terms__ask__asked_unit", "endorsement__terms__ask__proposal__season")
    return conditions.select_related(*related).order_by("pk")


def _settlements(conditions, voices: Voices, sponsors: dict) -> Iterator[Awaited]:
    for condition in conditions:
        ask = condition.endorsement.terms.ask
        for person in voices.asking(_accepted(sponsors, ask.proposal_id)).values():
            yield Awaited.of(
                person,
                f"condition:{condition.pk}",
                f"Accept or refuse the condition of {ask.asked_unit} on {ask.proposal.code}: "
                f"{_short(condition.text)}",
                row_url("ask", ask.pk),
                ask.proposal.season.revision_due_on,
            )


def _open_feedback(voices: Voices, people: list[User] | None):
    remarks = Feedback.objects.open().filter(version__proposal__status__in=REPLIABLE)
    if people is not None:
        remarks = remarks.filter(_sponsored("version__proposal", voices))
    remarks = remarks.select_related("version__proposal__season", "unit").order_by("pk")
    return remarks.only(
        "code", "unit__name", "version__proposal__code", "version__proposal__title",
        "version__proposal__season__revision_due_on",
    )  # fmt: skip


def _replies(remarks, voices: Voices, sponsors: dict) -> Iterator[Awaited]:
    for remark in remarks:
        proposal = remark.version.proposal
        for person in voices.asking(_accepted(sponsors, proposal.pk)).values():
            yield Awaited.of(
                person,
                f"feedback:{remark.pk}",
                f"Answer {remark.code} of {remark.unit} on {proposal.code} {proposal.title}",
                row_url("feedback", proposal.pk) + f"#feedback-{remark.pk}",
                proposal.season.revision_due_on,
            )


def _open_reviews(people: list[User] | None):
    """Standing assignments whose ratings are open now and not complete."""
    reviews = Assignment.objects.filter(
        stage_open("proposal__season", *RATING_STAGES),
        recused_at=None,
        reviewer__is_active=True,
        proposal__status__in=UNDER_REVIEW,
    )
    if people is not None:
        reviews = reviews.filter(reviewer__in=[person.pk for person in people])
    reviews = with_due(with_progress(reviews)).select_related("proposal", "reviewer")
    return (row for row in reviews if row.rated < row.criteria)


def _ratings(reviews, sponsors: dict) -> Iterator[Awaited]:
    standings = standings_of({row.reviewer_id: row.reviewer.unit_id for row in reviews}) if reviews else {}
    for row in reviews:
        if not reason_of(standings[row.reviewer_id], sponsors.get(row.proposal_id, ())):
            done = f" ({row.rated} of {row.criteria} criteria done)" if row.rated else ""
            yield Awaited.of(
                row.reviewer,
                f"rate:{row.pk}:{row.gate_substance[:12]}",
                f"Rate {row.proposal.code} {row.proposal.title}{done}",
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
