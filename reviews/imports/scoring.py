"""Scores as they must have been published, from the rows of a workbook alone."""

from dataclasses import dataclass
from decimal import Decimal

from activity.sheets import Book
from goals.imports import SeasonRow
from people.imports import PersonRow
from people.models import Post
from proposals.imports import AskRow, SponsorRow

from ..arithmetic import joint_preference, one_decimal, spread_of, weighted_score
from .rows import CriterionRow, RatingRow

JUDGES = {Post.Role.SUPERINTENDENT, Post.Role.CFO, Post.Role.CABINET, Post.Role.HEAD, Post.Role.DEPUTY}


@dataclass(frozen=True)
class Published:
    """One proposal's score, preference and ranking score; None until every criterion is rated."""

    score: Decimal | None
    preference: Decimal

    @property
    def ranking(self) -> Decimal | None:
        return None if self.score is None else one_decimal(self.score + self.preference)


def advisory_names(book: Book) -> set[str]:
    """People whose ratings are kept apart: advisory reviewers who hold no post that rates."""
    return {
        row.name
        for row in book.rows(PersonRow)
        if Post.Role.ADVISORY in row.roles and not JUDGES & set(row.roles)
    }


def published_scores(book: Book) -> dict[str, Published]:
    """By code of the proposal."""
    season, advisory = book.one(SeasonRow), advisory_names(book)
    criteria = book.by_key(CriterionRow)
    gate = next((row.name for row in criteria.values() if row.is_gate), None)
    weights = {name: row.weight for name, row in criteria.items()}
    ratings: dict[str, dict[str, list[int]]] = {}
    for row in book.rows(RatingRow):
        if row.reviewer not in advisory:
            ratings.setdefault(row.proposal, {}).setdefault(row.criterion, []).append(row.value)
    sponsors, asks = book.grouped(SponsorRow, "proposal"), book.grouped(AskRow, "proposal")
    found = {}
    for code in sponsors:
        spreads = {name: spread_of(values) for name, values in ratings.get(code, {}).items()}
        means = {name: spread.mean for name, spread in spreads.items() if spread}
        weighted = weighted_score(means, weights, season.rating_to)  # type: ignore[arg-type]
        preference = joint_preference(
            is_joint=len(sponsors[code]) > 1,
            all_signed=True,
            gate_mean=means.get(gate),
            threshold=season.joint_threshold,
            all_answered=all(ask.answer for ask in asks.get(code, [])),
            needs_answers=season.joint_needs_answers,
            points=season.joint_points,
        )
        found[code] = Published(None if weighted is None else one_decimal(weighted), preference)
    return found
