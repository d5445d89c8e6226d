"""What is proposed, with whom, at what cost."""

from .ask import Ask, AskTerms
from .cost import CostLine, SchoolDemand
from .proposal import LONGEST_CYCLE, Intent, Proposal, ProposalLink, Section, Sponsorship
from .version import ProposalVersion, SignOn

__all__ = [
    "LONGEST_CYCLE",
    "Ask",
    "AskTerms",
    "CostLine",
    "Intent",
    "Proposal",
    "ProposalLink",
    "ProposalVersion",
    "SchoolDemand",
    "Section",
    "SignOn",
    "Sponsorship",
]
