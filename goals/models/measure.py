"""Measures, their milestones and their values."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Unit

from .goal import Goal
from .season import Season

User = settings.AUTH_USER_MODEL


class Measure(models.Model):
    """What is counted, from where to where, by when. Measures of investments have no goal."""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", "Outcome"
        DRIVER = "driver", "Driver"
        PROCESS = "process", "Process"
        BALANCING = "balancing", "Balancing"

    class Direction(models.TextChoices):
        LOWER = "lower", "Lower is better"
        HIGHER = "higher", "Higher is better"

    class TargetType(models.TextChoices):
        PERCENT = "percent", "Percent change"
        POINT = "point", "Point change"
        ABSOLUTE = "absolute", "Absolute"

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="measures")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="measures")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    is_practical = models.BooleanField(default=False)
    unit_of_values = models.CharField(max_length=60)
    direction = models.CharField(max_length=6, choices=Direction)
    baseline = models.DecimalField(max_digits=14, decimal_places=3)
    baseline_period = models.CharField(max_length=60)
    target_type = models.CharField(max_length=8, choices=TargetType)
    stated_change = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=3)
    by_date = models.DateField("by")
    source = models.CharField(max_length=200)
    frequency = models.CharField(max_length=60)
    collected_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["season", "code"], name="measure_code_once"),
            models.CheckConstraint(
                condition=Q(target_type="absolute") | Q(stated_change__isnull=False),
                name="measure_change_stated",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class Milestone(models.Model):
    """An interim value that a measure should have reached on a date."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="milestones")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["measure", "on"], name="milestone_day_once")]

    def __str__(self):
        return f"{self.value} on {self.on}"


class Observation(models.Model):
    """A value of a measure, for all or one student group, for the district or one school."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="observations")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=3)
    group = models.CharField(max_length=80, default="All")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "on", "group", "school"],
                name="observation_once_school",
            ),
            models.UniqueConstraint(
                fields=["measure", "on", "group"],
                condition=Q(school=None),
                name="observation_once_district",
            ),
        ]

    def __str__(self):
        return f"{self.value} on {self.on}"
