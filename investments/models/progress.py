"""What is watched and reported on an investment: measures, updates, small tests, lessons."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goals.models import Measure, Season
from people.models import Unit

from ..workflow import State
from .investment import Investment

User = settings.AUTH_USER_MODEL


class InvestmentMeasure(models.Model):
    """A measure that an investment is watched by."""

    investment = models.ForeignKey(Investment, on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measure__code"]
        constraints = [
            models.UniqueConstraint(fields=["investment", "measure"], name="investment_measure_once")
        ]

    def __str__(self):
        return str(self.measure)


class Update(models.Model):
    """A status report: one line, the evidence, the next step."""

    investment = models.ForeignKey(Investment, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    state = models.CharField(max_length=12, choices=State)
    line = models.CharField("one line", max_length=300)
    evidence = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    is_small_win = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["investment", "on"], name="update_day_once")]

    def __str__(self):
        return self.line


class TestCycle(models.Model):
    """A small test of change: plan, do, study, act."""

    class Act(models.TextChoices):
        ADOPT = "adopt", "Adopt"
        ADAPT = "adapt", "Adapt"
        ABANDON = "abandon", "Abandon"

    investment = models.ForeignKey(Investment, on_delete=models.CASCADE, related_name="test_cycles")
    code = models.CharField(max_length=20)
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    change_idea = models.TextField()
    prediction = models.TextField()
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    done = models.TextField(blank=True)
    result = models.TextField(blank=True)
    surprise = models.TextField(blank=True)
    act = models.CharField(max_length=8, choices=Act, blank=True)
    next_step = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.UniqueConstraint(fields=["investment", "code"], name="test_cycle_code_once"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="test_cycle_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.change_idea


class Lesson(models.Model):
    """Kept learning, in one sentence."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="lessons")
    code = models.CharField(max_length=20)
    on = models.DateField()
    text = models.TextField()
    learned_from = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons")

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="lesson_code_once")]

    def __str__(self):
        return self.text
