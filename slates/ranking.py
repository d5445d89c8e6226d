"""The season's proposals by ranking score, as the slate shows them. Reads only."""

from dataclasses import dataclass

from proposals.models import Proposal
from reviews.scores import Score, score_sheet

from .sheet import Money, Sheet, requested_by


@dataclass(frozen=True)
class Ranked:
    """One row of the slate page."""

    proposal: Proposal
    score: Score
    requested: Money
    kept: Money
    item_id: int | None
    in_part: bool
    declined: int
    is_decided: bool


def ranked(sheet: Sheet) -> list[Ranked]:
    """Highest ranking score first; proposals without a complete score last, by code."""
    scores = score_sheet(sheet.season, sheet.proposals)
    rows = [_row(sheet, p, scores.get(p.pk) or Score(p.pk)) for p in sheet.proposals]
    return sorted(
        rows,
        key=lambda row: (row.score.ranking is None, -(row.score.ranking or 0), row.proposal.code),
    )


def _row(sheet: Sheet, proposal: Proposal, score: Score) -> Ranked:
    lines = sheet.lines_of.get(proposal.pk)
    return Ranked(
        proposal=proposal,
        score=score,
        requested=requested_by(proposal),
        kept=sheet.money_on(proposal),
        item_id=lines[0].item_id if lines else None,
        in_part=bool(lines) and sheet.is_in_part(proposal),
        declined=len(sheet.declined(proposal)),
        is_decided=proposal.pk in sheet.decisions,
    )
