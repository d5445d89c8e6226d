"""The checks of a slate: each finding says what and how much. A reading room above the models."""

from dataclasses import replace

from ..sheet import Sheet
from .finding import Finding
from .money import money_in_the_way, money_to_know
from .together import together_in_the_way, together_to_know

__all__ = ["Finding", "binding_findings_of", "findings_of", "standing_in_the_way"]


def findings_of(sheet: Sheet) -> list[Finding]:
    """All findings, those that stand in the way first, each with its override if there is one."""
    to_know = [*money_to_know(sheet), *together_to_know(sheet)]
    found = binding_findings_of(sheet) + [_with_override(finding, sheet) for finding in to_know]
    return sorted(found, key=lambda finding: (not finding.stands_in_the_way, not finding.blocking))


def binding_findings_of(sheet: Sheet) -> list[Finding]:
    """Those alone that may hold up the freeze, let pass or not: all that a verb needs to read."""
    found = [*money_in_the_way(sheet), *together_in_the_way(sheet)]
    return [_with_override(finding, sheet) for finding in found]


def standing_in_the_way(sheet: Sheet) -> list[Finding]:
    """Findings that hold up the freeze."""
    return [finding for finding in binding_findings_of(sheet) if finding.stands_in_the_way]


def _with_override(finding: Finding, sheet: Sheet) -> Finding:
    """With its override, while the finding is not larger than what was let pass."""
    override = sheet.overrides.get(finding.key) if finding.may_be_overridden else None
    return replace(finding, override=override if override and override.covers(finding.amount) else None)
