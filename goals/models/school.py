"""What a school can give beside its own work."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Unit

from .season import Season

MOST_HOURS = 100_000


class SchoolLimit(models.Model):
    """Staff hours that a school can give in each month of the season. None stated is not zero."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="school_limits")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="limits")
    hours = models.PositiveIntegerField(help_text="Staff hours a month.")
    is_own = models.BooleanField(
        default=False, help_text="Said by the school itself: a number for groups leaves it."
    )
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["school__code"]
        constraints = [
            models.UniqueConstraint(fields=["season", "school"], name="school_limit_once"),
            models.CheckConstraint(condition=Q(hours__lte=MOST_HOURS), name="school_limit_hours_within"),
        ]

    def __str__(self):
        return f"{self.school.code}: {self.hours} h a month"
