"""Frozen copies of a proposal, their substance, and the sign-ons given to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from activity.append_only import AppendOnly

from .content import content_of, substance_of
from .proposal import Proposal, Sponsorship

User = settings.AUTH_USER_MODEL

__all__ = ["ProposalVersion", "SignOn", "content_of", "substance_of"]


class ProposalVersion(AppendOnly):
    """A frozen copy that sign-ons, ratings, feedback and decisions point at."""

    class Kind(models.TextChoices):
        SIGN_ON = "sign_on", "Sign-on round"
        SUBMISSION = "submission", "Submission"
        RESUBMISSION = "resubmission", "Resubmission"
        DECISION = "decision", "Decision"
        NAMED = "named", "Named"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(max_length=120, blank=True)
    content = models.JSONField()
    substance = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(frozen_by__isnull=False) | Q(is_imported=True),
                name="version_frozen_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Version {self.number}, {self.get_kind_display().lower()}"


class SignOn(AppendOnly):
    """A sponsor's recorded agreement to the substance of a version, with what it contributes."""

    sponsorship = models.ForeignKey(Sponsorship, on_delete=models.CASCADE, related_name="sign_ons")
    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="sign_ons")
    contribution = models.TextField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["sponsorship", "version"], name="sign_on_once"),
        ]

    def __str__(self):
        return f"{self.sponsorship.unit} signed on to {self.version}"
