"""Intents, proposals, sponsors, cost lines, asks, demands, links and versions out of a workbook."""

from .asks import write_asks
from .checks import check
from .rows import ROWS, AskRow, DemandRow, LineRow, LinkRow, ProposalRow, SponsorRow
from .versions import write_versions
from .writing import write

__all__ = [
    "ROWS",
    "AskRow",
    "DemandRow",
    "LineRow",
    "LinkRow",
    "ProposalRow",
    "SponsorRow",
    "check",
    "write",
    "write_asks",
    "write_versions",
]
