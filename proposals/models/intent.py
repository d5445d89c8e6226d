"""Intents: early ideas that look for partners."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goals.models import Goal, Problem, Season
from people.models import Unit

User = settings.AUTH_USER_MODEL


class IntentQuerySet(models.QuerySet):
    def standing(self):
        """Intents that were not closed."""
        return self.filter(closed_at=None)

    def with_names(self):
        """With `unit_name`, `problem_title` and `posted_by_name`, so that lists read plain values."""
        return self.annotate(
            unit_name=F("unit__name"), problem_title=F("problem__title"), posted_by_name=F("posted_by__name")
        )


class Intent(models.Model):
    """An early idea that looks for partners. It names a problem, goals, or both."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="intents")
    title = models.CharField(max_length=200)
    problem = models.ForeignKey(
        Problem, on_delete=models.PROTECT, null=True, blank=True, related_name="intents"
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="intents")
    idea = models.TextField()
    looking_for = models.TextField("looking for", blank=True)
    wanted = models.ManyToManyField(Unit, blank=True, related_name="wanted_in")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="intents")
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why_closed = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = IntentQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="intent_closed_pair",
            )
        ]

    def __str__(self):
        return self.title
