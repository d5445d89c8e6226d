"""Pure functions over ratings: means, the weighted score, the joint preference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median


@dataclass(frozen=True)
class Spread:
    """How the raters of one criterion stand: mean, median, lowest, highest and their number."""

    mean: Decimal
    median: Decimal
    lowest: int
    highest: int
    raters: int


def spread_of(values: Iterable[int]) -> Spread | None:
    """Spread of whole-number ratings; None when nobody rated."""
    ratings = sorted(values)
    if not ratings:
        return None
    return Spread(
        mean=Decimal(sum(ratings)) / len(ratings),
        median=Decimal(str(median(ratings))),
        lowest=ratings[0],
        highest=ratings[-1],
        raters=len(ratings),
    )


def one_decimal(value: Decimal) -> Decimal:
    """Rounded half up to one decimal, as scores are published."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def weighted_score(
    means: Mapping[int, Decimal], weights: Mapping[int, Decimal], highest_rating: int
) -> Decimal | None:
    """Sum over criteria of mean ÷ highest rating × weight; None until every criterion is rated."""
    if not weights or any(key not in means for key in weights):
        return None
    return sum((means[key] / highest_rating * weight for key, weight in weights.items()), Decimal(0))


def joint_preference(
    *,
    is_joint: bool,
    all_signed: bool,
    gate_mean: Decimal | None,
    threshold: Decimal,
    all_answered: bool,
    needs_answers: bool,
    points: Decimal,
) -> Decimal:
    """The season's points, or zero. Its own column, never inside the score (design.md, 5)."""
    earned = (
        is_joint
        and all_signed
        and gate_mean is not None
        and gate_mean >= threshold
        and (all_answered or not needs_answers)
    )
    return points if earned else Decimal(0)
