"""How large districts get (domain.md, section 6)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tier:
    """Sizes of a district. Proposals, lines and asks are those of all its seasons together."""

    schools: int
    departments: int
    people: int
    proposals: int
    cost_lines: int
    asks: int
    seasons: int = 1


TIERS = {
    "small": Tier(5, 6, 25, 15, 60, 20),
    "typical": Tier(30, 14, 120, 60, 300, 180),
    "large": Tier(165, 60, 900, 300, 2_500, 1_000),
    "largest": Tier(1_600, 150, 4_000, 1_500, 15_000, 6_000),
    "stretch": Tier(1_600, 250, 10_000, 15_000, 200_000, 60_000, seasons=10),
}


def sized(proposals: int) -> Tier:
    """A large district with another number of proposals, for measuring what grows with them."""
    return Tier(165, 60, 900, proposals, proposals * 8, proposals * 3)
