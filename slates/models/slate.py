"""Slates: chosen proposals with amounts by cost line, overrides, and the two keys."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from funds.fields import Cents
from goals.models import Season
from proposals.models import CostLine, Proposal

from ..workflow import BINDING, SlateStatus

User = settings.AUTH_USER_MODEL


class Slate(models.Model):
    """A scenario. Any number may stand side by side; at most one of a season binds."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="slates")
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=SlateStatus, default=SlateStatus.SCENARIO, editable=False
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Over items, amounts, decisions, reasons, overrides."
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_imported = models.BooleanField(default=False)

    # What `actions.locking` notes while a transaction holds the row.
    is_held = False
    others: Sequence["Slate"] | None = None
    sheet: Any = None

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["season", "name"], name="slate_name_once"),
            models.UniqueConstraint(
                fields=["season"], condition=Q(status__in=BINDING), name="one_binding_slate"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None, frozen_by=None)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False),
                name="slate_frozen_pair",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="slate_released_pair",
            ),
            models.CheckConstraint(
                condition=Q(status=SlateStatus.SCENARIO, frozen_at=None)
                | Q(status__in=BINDING, frozen_at__isnull=False),
                name="slate_frozen_when_binding",
            ),
            models.CheckConstraint(
                condition=Q(status=SlateStatus.RELEASED, released_at__isnull=False)
                | (~Q(status=SlateStatus.RELEASED) & Q(released_at=None)),
                name="slate_released_when_said",
            ),
        ]

    def __str__(self):
        return self.name


class SlateItem(models.Model):
    """A proposal that the scenario buys, in full or in part."""

    slate = models.ForeignKey(Slate, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="slate_items")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["proposal__code"]
        constraints = [models.UniqueConstraint(fields=["slate", "proposal"], name="slate_item_once")]

    def __str__(self):
        return f"{self.proposal.code} on {self.slate}"


class SlateLine(models.Model):
    """What of one cost line is on the slate. Lines that are not bought are left out."""

    item = models.ForeignKey(SlateItem, on_delete=models.CASCADE, related_name="lines")
    # Only scenarios lose a line this way: while a slate binds, its proposals are held and nobody edits them.
    cost_line = models.ForeignKey(CostLine, on_delete=models.CASCADE, related_name="slate_lines")
    basis = models.CharField(
        max_length=300, default="in full", help_text="“in full”, or what part is kept and why."
    )
    fte = models.DecimalField("FTE", max_digits=6, decimal_places=2, null=True, blank=True)
    year1_cents = Cents()
    year2_cents = Cents(default=0)
    year3_cents = Cents(default=0)

    class Meta:
        ordering = ["cost_line__number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "cost_line"], name="slate_line_once"),
            models.CheckConstraint(
                condition=Cents.within("year1_cents", "year2_cents", "year3_cents"),
                name="slate_line_cents_within",
            ),
        ]

    def __str__(self):
        return f"{self.item}, line {self.cost_line.number}"


class Override(models.Model):
    """A finding that the CFO lets pass up to its amount, with the reason that is published."""

    slate = models.ForeignKey(Slate, on_delete=models.CASCADE, related_name="overrides")
    finding_key = models.CharField(max_length=80, help_text="Names the finding, e.g. envelope:GF:FY27.")
    amount_cents = Cents(null=True, blank=True, help_text="How much may pass; empty where none is named.")
    reason = models.TextField()
    overridden_at = models.DateTimeField()
    overridden_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["finding_key"]
        constraints = [
            models.UniqueConstraint(fields=["slate", "finding_key"], name="override_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(amount_cents=None) | Cents.within("amount_cents"), name="override_amount_within"
            ),
        ]

    def __str__(self):
        return self.finding_key

    def covers(self, amount: int | None) -> bool:
        """Does it still hold for a finding of this amount? What grew since asks for a new word."""
        return amount is None or (self.amount_cents is not None and amount <= self.amount_cents)


class Approval(models.Model):
    """One of the two keys, turned on a frozen slate as its fingerprint names it."""

    class Key(models.TextChoices):
        CFO = "cfo", "CFO approves"
        SUPERINTENDENT = "superintendent", "Superintendent concurs"

    slate = models.ForeignKey(Slate, on_delete=models.CASCADE, related_name="approvals")
    key = models.CharField(max_length=15, choices=Key)
    fingerprint = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["slate", "key", "fingerprint"], name="approval_once_for_each_key")
        ]

    def __str__(self):
        return f"{self.get_key_display()}: {self.slate}"
