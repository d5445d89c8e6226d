"""What is proposed, with whom, at what cost."""

from .ask import Ask, AskTerms
from .attachment import Attachment
from .cost import CostLine, SchoolDemand
from .intent import Intent
from .partners import Merger, Offer, Origin, Talk
from .plan import ProposalMilestone, Scale
from .proposal import LONGEST_CYCLE, Proposal, ProposalLink, Sponsorship
from .remark import Comment, Mention, Outcome, Suggestion
from .section import Section
from .text import LARGEST_UPDATE, KeptText, SectionUpdate, SectionWriter
from .version import ProposalVersion, SignOn

__all__ = [
    "LARGEST_UPDATE",
    "LONGEST_CYCLE",
    "Ask",
    "AskTerms",
    "Attachment",
    "Comment",
    "CostLine",
    "Intent",
    "KeptText",
    "Mention",
    "Merger",
    "Offer",
    "Origin",
    "Outcome",
    "Proposal",
    "ProposalLink",
    "ProposalMilestone",
    "ProposalVersion",
    "Scale",
    "SchoolDemand",
    "Section",
    "SectionUpdate",
    "SectionWriter",
    "SignOn",
    "Sponsorship",
    "Suggestion",
    "Talk",
]
