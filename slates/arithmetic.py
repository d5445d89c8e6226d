"""Pure functions over slates: parts of a request, the fingerprint."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from funds.arithmetic import half_up, shared_out

Years = tuple[int, int, int]


def share_of(cents: int, part: Decimal, whole: Decimal) -> int:
    """`part` of `whole` of an amount, half up to the dollar; exact to the cent where it has cents."""
    step = 1 if cents % 100 else 100
    return min(cents, half_up(Decimal(cents) * part / whole / step) * step)


def kept_years(requested: Sequence[int], part: Decimal, whole: Decimal) -> Years:
    """The same part of the amount of each year."""
    first, second, third = (share_of(cents, part, whole) for cents in requested)
    return first, second, third


def kept_fte(requested: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """The same part of the posts, to two places, half up."""
    return (requested * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def parts_of_lines(lines: Sequence[tuple[Hashable, Sequence[int]]], part: int, whole: int) -> list[Years]:
    """`part` of `whole` of every line, given as (fund, amounts of the years).

    Within a fund and year the parts add up to the rounded sum (largest remainder).
    """
    kept = [[0, 0, 0] for _ in lines]
    by_fund: dict[Hashable, list[int]] = defaultdict(list)
    for index, (fund, _) in enumerate(lines):
        by_fund[fund].append(index)
    for indexes in by_fund.values():
        for year in range(3):
            requested = [lines[i][1][year] for i in indexes]
            for i, cents in zip(indexes, _rounded_together(requested, part, whole), strict=True):
                kept[i][year] = cents
    return [(a, b, c) for a, b, c in kept]


def _rounded_together(requested: Sequence[int], part: int, whole: int) -> list[int]:
    step = 1 if any(cents % 100 for cents in requested) else 100
    total = share_of(sum(requested), Decimal(part), Decimal(whole)) // step
    return [units * step for units in shared_out(total, [cents // step for cents in requested])]


def fingerprint_of(content: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of what is on a slate."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


def in_short_words(fingerprint: str) -> str:
    """The beginning of a fingerprint as three words that two people can read to each other."""
    if not fingerprint:
        return ""
    return "-".join(_word(int(fingerprint[i : i + 4], 16)) for i in (0, 4, 8))


def _word(number: int) -> str:
    """Sixteen bits as consonant, vowel, consonant, vowel, consonant."""
    letters = []
    for shift, alphabet in (
        (12, _CONSONANTS),
        (10, _VOWELS),
        (6, _CONSONANTS),
        (4, _VOWELS),
        (0, _CONSONANTS),
    ):
        letters.append(alphabet[number >> shift & len(alphabet) - 1])
    return "".join(letters)
