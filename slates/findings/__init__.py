"""The checks of a slate: each finding says what and how much. A reading room above the models."""

from dataclasses import replace

from ..sheet import Sheet
from .finding import Finding
from .money import money_findings
from .together import together_findings

__all__ = ["Finding", "findings_of", "standing_in_the_way"]


def findings_of(sheet: Sheet) -> list[Finding]:
    """All findings, those that stand in the way first, each with its override if there is one."""
    found = [*money_findings(sheet), *together_findings(sheet)]
    with_overrides = [replace(finding, override=_override_of(finding, sheet)) for finding in found]
    return sorted(with_overrides, key=lambda finding: (not finding.stands_in_the_way, not finding.blocking))


def standing_in_the_way(sheet: Sheet) -> list[Finding]:
    """Findings that hold up the freeze."""
    return [finding for finding in findings_of(sheet) if finding.stands_in_the_way]


def _override_of(finding: Finding, sheet: Sheet):
    """The override of a finding, while it is not larger than what was let pass."""
    override = sheet.overrides.get(finding.key) if finding.may_be_overridden else None
    return override if override and override.covers(finding.amount) else None
