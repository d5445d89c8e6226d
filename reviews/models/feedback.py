"""Typed feedback on a version, and the sponsors' answer to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Unit
from proposals.models import Ask, ProposalVersion

User = settings.AUTH_USER_MODEL


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Feedback that still waits for the sponsors' answer; praise waits for none."""
        return self.filter(answered_at=None).exclude(kind=Feedback.Kind.STRENGTH)


class Feedback(models.Model):
    """A vetting remark: about an ask, a missing matter, critique, question or strength."""

    class Kind(models.TextChoices):
        ASK = "ask", "About an ask"
        MISSING = "missing", "Missing matter"
        CRITIQUE = "critique", "Critique"
        QUESTION = "question", "Question"
        STRENGTH = "strength", "Strength"

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="feedback")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    ask = models.ForeignKey(Ask, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback")
    section = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    plan_changed = models.BooleanField(
        null=True, blank=True, help_text="The remark changed the proposal: “shaped by”."
    )
    is_imported = models.BooleanField(default=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="feedback_answered_pair",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""), name="feedback_answer_has_words"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.kind != self.Kind.STRENGTH
