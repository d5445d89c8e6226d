"""The score sheet: what the ratings and the answers to asks say of each proposal. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery

from goals.models import Season
from proposals.models import Ask, Proposal, ProposalVersion, SignOn, Sponsorship
from proposals.rules import title_read

from .arithmetic import Spread, joint_preference, one_decimal, spread_of, weighted_score
from .conflicts import reason_of, standings_of
from .models import Assignment, Criterion, Endorsement, Rating, asks_with_answers

GATE_KINDS = (ProposalVersion.Kind.SUBMISSION, ProposalVersion.Kind.RESUBMISSION)
OPEN = "open"
Answer = Endorsement.Answer
RATING_COLUMNS = (
    "criterion_id", "reviewer_id", "value", "is_advisory", "is_imported", "awaited", "recused",
    "substance", "home",
)  # fmt: skip


@dataclass
class Score:
    """What one proposal stands at. Silence counts as open, never as support."""

    proposal_id: int
    spreads: dict[int, Spread | None] = field(default_factory=dict)
    advisory: dict[int, Spread | None] = field(default_factory=dict)
    weighted: Decimal | None = None
    gate_mean: Decimal | None = None
    preference: Decimal = Decimal(0)
    not_earned: list[str] = field(default_factory=list)
    asks: Counter = field(default_factory=Counter)
    conditions_refused: int = 0
    conditions_open: int = 0
    raters: int = 0
    sponsorships: list[Sponsorship] = field(default_factory=list)

    @property
    def score(self) -> Decimal | None:
        """As published, to one decimal; None until every criterion was rated by somebody."""
        return None if self.weighted is None else one_decimal(self.weighted)

    @property
    def ranking(self) -> Decimal | None:
        """Published score plus joint preference."""
        return None if self.score is None else one_decimal(self.score + self.preference)

    @property
    def asked(self) -> int:
        return sum(self.asks.values())

    @property
    def answered(self) -> int:
        return self.asked - self.asks[OPEN]

    @property
    def supported(self) -> int:
        """Asks endorsed; with a condition only once the sponsors have accepted it."""
        endorsed = sum(self.asks[answer] for answer in Endorsement.SUPPORT)
        return endorsed - self.conditions_refused - self.conditions_open

    @property
    def unsettled(self) -> list[str]:
        """What is answered and is no endorsement, or none yet, in a few words each."""
        declined, refused, still = self.asks[Answer.DECLINED], self.conditions_refused, self.conditions_open
        words = [
            (declined, f"{declined} declined"),
            (refused, f"{refused} condition{'' if refused == 1 else 's'} refused: no endorsement"),
            (still, f"{still} open condition{'' if still == 1 else 's'}"),
        ]
        return [text for count, text in words if count]


def criteria_of(season: Season) -> list[Criterion]:
    return list(Criterion.objects.filter(rubric__season=season))


def score_sheet(
    season: Season,
    proposals: Iterable[Proposal] | None = None,
    criteria: list[Criterion] | None = None,
) -> dict[int, Score]:
    """Scores by proposal key, in five queries for any number of proposals; four with `criteria`."""
    within = (
        Q(proposal__season=season)
        if proposals is None
        else Q(proposal__in=[proposal.pk for proposal in proposals])
    )
    criteria = criteria_of(season) if criteria is None else criteria
    scores: dict[int, Score] = {}
    for sponsorship in _sponsorships(within):
        score = scores.setdefault(sponsorship.proposal_id, Score(sponsorship.proposal_id))
        score.sponsorships.append(sponsorship)
    _count_asks(scores, within)
    _add_ratings(scores, within, criteria)
    for score in scores.values():
        _weigh(score, criteria, season)
    return scores


def score_of(proposal: Proposal) -> Score:
    """The score of one proposal."""
    return score_sheet(proposal.season, [proposal]).get(proposal.pk) or Score(proposal.pk)


def _sponsorships(within: Q):
    """Standing sponsors with the version that reviewers read, and whether they signed its substance.

    Sign-ons of an imported season carry to its last imported version.
    """
    gate = ProposalVersion.objects.filter(proposal=OuterRef("proposal"), kind__in=GATE_KINDS)
    gate = gate.order_by("-number")
    signed = SignOn.objects.filter(sponsorship=OuterRef("pk")).filter(
        Q(version__substance=OuterRef("gate_substance"))
        | Q(is_imported=True) & Q(is_imported=OuterRef("gate_imported"))
    )
    return (
        Sponsorship.objects.standing()
        .filter(within)
        .select_related("unit")
        .annotate(
            gate_substance=Subquery(gate.values("substance")[:1]),
            gate_imported=Subquery(gate.values("is_imported")[:1]),
            code=F("proposal__code"),
            title=title_read("proposal__"),
            status=F("proposal__status"),
        )
        .annotate(signed=Exists(signed))
        .order_by("-is_lead", "pk")
    )


def _count_asks(scores: dict[int, Score], within: Q) -> None:
    """What was sent; an ask that still lies with the sponsors waits for nobody."""
    newest = Endorsement.objects.filter(terms=OuterRef("current_terms_id")).order_by("-number")
    asks = asks_with_answers(Ask.objects.sent().filter(within)).annotate(
        condition_refused_at=Subquery(newest.values("condition__refused_at")[:1]),
        condition_accepted_at=Subquery(newest.values("condition__accepted_at")[:1]),
    )
    columns = ("current_answer", "condition_refused_at", "condition_accepted_at")
    for proposal_id, answer, refused_at, accepted_at in asks.order_by().values_list("proposal_id", *columns):
        if score := scores.get(proposal_id):
            score.asks[answer or OPEN] += 1
            score.conditions_refused += refused_at is not None
            score.conditions_open += answer == Answer.CONDITIONAL and not (refused_at or accepted_at)


def _rating_rows(within: Q):
    """Ratings from the oldest version to the newest, with what decides whether they count."""
    assigned = Assignment.objects.filter(
        proposal=OuterRef("version__proposal"), reviewer=OuterRef("reviewer")
    )
    versions = ProposalVersion.objects.filter(within).order_by().values("pk")
    return (
        Rating.objects.filter(version__in=versions)
        .annotate(
            awaited=Exists(assigned.filter(recused_at=None)),
            recused=Exists(assigned.filter(recused_at__isnull=False)),
            rated_proposal=F("version__proposal_id"),
            substance=F("version__substance"),
            home=F("reviewer__unit_id"),
        )
        .order_by("version__number")
        .values_list("rated_proposal", *RATING_COLUMNS, named=True)
    )


def _add_ratings(scores: dict[int, Score], within: Q, criteria: list[Criterion]) -> None:
    rows = [row for row in _rating_rows(within) if row.rated_proposal in scores]
    standings = standings_of({row.reviewer_id: row.home for row in rows})
    conflicted: dict[tuple[int, int], bool] = {}
    latest: dict[tuple[int, int, int], tuple[int, bool]] = {}
    for row in rows:
        sponsors = scores[row.rated_proposal].sponsorships
        pair = (row.rated_proposal, row.reviewer_id)
        if pair not in conflicted:
            conflicted[pair] = bool(reason_of(standings[row.reviewer_id], sponsors))
        if not row.recused and not conflicted[pair] and _counts(row, sponsors[0]):
            latest[(*pair, row.criterion_id)] = (row.value, row.is_advisory)
    values: dict[tuple[int, int, bool], list[int]] = {}
    raters: dict[int, set[int]] = {}
    for (proposal_id, reviewer_id, criterion_id), (value, is_advisory) in latest.items():
        values.setdefault((proposal_id, criterion_id, is_advisory), []).append(value)
        if not is_advisory:
            raters.setdefault(proposal_id, set()).add(reviewer_id)
    for pk, score in scores.items():
        score.raters = len(raters.get(pk, ()))
        score.spreads = {c.pk: spread_of(values.get((pk, c.pk, False), ())) for c in criteria}
        score.advisory = {c.pk: spread_of(values.get((pk, c.pk, True), ())) for c in criteria}


def _counts(row, gate) -> bool:
    """On the substance that reviewers read now; an older one only where no new rating is awaited."""
    if gate.gate_substance is None:
        return False
    carried = row.is_imported and gate.gate_imported
    return row.substance == gate.gate_substance or carried or not row.awaited


def _weigh(score: Score, criteria: list[Criterion], season: Season) -> None:
    means = {key: spread.mean for key, spread in score.spreads.items() if spread}
    score.weighted = weighted_score(means, {c.pk: c.weight for c in criteria}, season.rating_to)
    gate = next((c for c in criteria if c.is_gate), None)
    score.gate_mean = means.get(gate.pk) if gate else None
    accepted = [s for s in score.sponsorships if s.accepted_at]
    score.preference = joint_preference(
        is_joint=len(accepted) > 1,
        all_signed=all(s.signed for s in accepted),
        gate_mean=score.gate_mean,
        threshold=season.joint_threshold,
        all_answered=not score.asks[OPEN],
        needs_answers=season.joint_needs_answers,
        points=season.joint_points,
    )
    if not score.preference:
        score.not_earned = _why_not(score, accepted, gate, season)


def _why_not(score: Score, accepted: list[Sponsorship], gate: Criterion | None, season: Season) -> list[str]:
    """Why the joint preference is not earned, as sentences."""
    reasons = []
    if len(accepted) < 2:
        reasons.append("It has one sponsor; the preference is for joint proposals.")
    reasons += [
        f"{s.unit.name} has not signed on to the submitted version." for s in accepted if not s.signed
    ]
    if gate is None:
        reasons.append("The rubric names no criterion that decides on the preference.")
    elif score.gate_mean is None:
        reasons.append(f"Nobody has rated “{gate.name}” yet.")
    elif score.gate_mean < season.joint_threshold:
        reasons.append(
            f"“{gate.name}” stands at {one_decimal(score.gate_mean)}; "
            f"the preference needs {season.joint_threshold.normalize():f}."
        )
    if season.joint_needs_answers and score.asks[OPEN]:
        count = score.asks[OPEN]
        reasons.append("1 ask waits for an answer." if count == 1 else f"{count} asks wait for an answer.")
    return reasons
