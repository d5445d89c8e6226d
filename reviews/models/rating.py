"""The published rubric, who is assigned to review what, and the ratings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from goals.models import Season
from proposals.models import Proposal, ProposalVersion

User = settings.AUTH_USER_MODEL


class Rubric(models.Model):
    """The criteria of a season. Their weights add up to 100."""

    season = models.OneToOneField(Season, on_delete=models.CASCADE, related_name="rubric")

    def __str__(self):
        return f"Rubric, {self.season}"


class Criterion(models.Model):
    """One question that reviewers answer on an anchored scale."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    question = models.TextField()
    is_gate = models.BooleanField("decides on the joint preference", default=False)
    anchors = models.JSONField(
        default=dict, help_text="What each rating looks like, by rating written as text."
    )

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["rubric", "name"], name="criterion_name_once"),
            models.UniqueConstraint(fields=["rubric"], condition=Q(is_gate=True), name="one_gate_criterion"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100), name="criterion_weight_within"
            ),
        ]

    def __str__(self):
        return self.name


class Assignment(models.Model):
    """A reviewer who is awaited for a proposal's ratings; recused when they cannot judge."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    is_advisory = models.BooleanField(default=False)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text="Every criterion was rated or left out on purpose."
    )
    recused_at = models.DateTimeField(null=True, blank=True)
    recused_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recusal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["proposal__code", "reviewer__name"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "reviewer"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(recused_at=None, recused_by=None)
                | Q(recused_at__isnull=False, recused_by__isnull=False),
                name="assignment_recused_pair",
            ),
        ]

    def __str__(self):
        return f"{self.reviewer} reviews {self.proposal.code}"


class Rating(models.Model):
    """A reviewer's rating of a version on one criterion. Changed only by its reviewer."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="ratings")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ratings")
    value = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    is_advisory = models.BooleanField(default=False)
    rated_at = models.DateTimeField()
    is_imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["criterion__order", "reviewer__name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "criterion", "reviewer"], name="rating_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=100), name="rating_value_within"),
        ]

    def __str__(self):
        return f"{self.reviewer}: {self.criterion} {self.value}"
