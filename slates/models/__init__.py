"""Scenarios of what to buy, and the decisions that come of one."""

from .decision import Decision
from .slate import Approval, Override, Slate, SlateItem, SlateLine

__all__ = ["Approval", "Decision", "Override", "Slate", "SlateItem", "SlateLine"]
