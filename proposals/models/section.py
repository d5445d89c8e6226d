"""The text of a proposal, section by section."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .proposal import Proposal

User = settings.AUTH_USER_MODEL


class Section(models.Model):
    """A part of the proposal's text: what its updates say, merged, as plain text and as HTML."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", "Summary"
        NEED = "need", "Problem and need"
        STRATEGY = "strategy", "Strategy"
        WORKING_TOGETHER = "working_together", "Working-together plan"
        WHO_DOES_WHAT = "who_does_what", "Who does what"
        PEOPLE_AND_TIME = "people_and_time", "People and time"
        MEASUREMENT = "measurement", "Measurement"
        PREMORTEM = "premortem", "What could go wrong"
        EARLIER_EFFORTS = "earlier_efforts", "What sank earlier efforts"
        EQUITY = "equity", "Equity"
        COMMUNICATION = "communication", "Communication"
        EXPECTED_RETURN = "expected_return", "Expected return"
        SUSTAINABILITY = "sustainability", "Sustainability, and what partial or no funding would mean"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="Sanitised; empty while only plain text was written.")
    state = models.BinaryField(default=b"", help_text="The updates up to state_number, merged.")
    state_number = models.PositiveBigIntegerField(default=0)
    removed_number = models.PositiveBigIntegerField(
        default=0, help_text="Rows up to here may be gone; who is behind gets the state."
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="section_once"),
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="section_edited_pair",
            ),
            models.CheckConstraint(
                condition=Q(removed_number__lte=F("state_number")), name="section_removed_is_merged"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
