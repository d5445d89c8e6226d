"""What differs between two contents of a proposal, part by part, for who read the older one."""

from collections.abc import Mapping
from typing import Any

from funds.arithmetic import format_dollars

from ..arithmetic import sum_of
from .section import Section


def changed_parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The parts of a proposal that differ between two contents, in words; empty when none does."""
    parts = [] if old["title"] == new["title"] else ["Title"]
    for kind, label in Section.Kind.choices:
        if old["sections"].get(kind, "") != new["sections"].get(kind, ""):
            parts.append(label)
    if old["sponsors"] != new["sponsors"]:
        parts.append("Sponsors or what they bring")
    before, after = sum_of(old).total, sum_of(new).total
    if before != after:
        parts.append(f"Cost: {format_dollars(before)} before, {format_dollars(after)} now")
    elif old["cost_lines"] != new["cost_lines"]:
        parts.append("Cost lines, with the same total")
    if asks := _changed_asks(old, new):
        parts.append(f"Asks: {', '.join(asks)}")
    if old.get("attachments", []) != new.get("attachments", []):
        parts.append("Attachments")
    return parts


def _changed_asks(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Codes of the asks whose terms differ, or that came or went."""
    before, after = ({a["code"]: {**a, "sent": 0, "unsent": 0} for a in c["asks"]} for c in (old, new))
    return sorted(code for code in {**before, **after} if before.get(code) != after.get(code))
