"""Problems, what was heard, goals and root causes."""

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Unit
from people.rules import is_cabinet, is_steward

from .season import Season

User = settings.AUTH_USER_MODEL


class Problem(models.Model):
    """A targeted problem of the season, with its evidence."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="problems")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    description = models.TextField()
    evidence = models.TextField()
    cost_of_inaction = models.TextField("cost of doing nothing", blank=True)
    needs_stated = models.TextField("needs stated by schools", blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="problems")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="problem_code_once")]

    def __str__(self):
        return self.title


class GoalQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_on__isnull=False)

    def visible_to(self, user):
        """Published goals for everybody; drafts for the cabinet, the steward and the owners."""
        if is_cabinet(user) or is_steward(user):
            return self
        return self.filter(_published_or_of(frozenset(user.unit_ids)))


@lru_cache(maxsize=200)
def _published_or_of(units: frozenset[int]) -> Q:
    """A part of many queries: what is asked is put together once, the answer is read each time."""
    partners = Goal.partners.through.objects.filter(unit_id__in=units).values("goal_id")
    return Q(published_on__isnull=False) | Q(owner_id__in=units) | Q(pk__in=partners)


class Goal(models.Model):
    """A measurable goal. It is met when all its outcome measures are met."""

    class Side(models.TextChoices):
        DISTRICT = "district", "District"
        SCHOOL = "school", "School"

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="goals")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    statement = models.TextField()
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="goals")
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="goals")
    partners = models.ManyToManyField(Unit, blank=True, related_name="partner_goals")
    sets_priorities = models.CharField(max_length=10, choices=Side, default=Side.DISTRICT)
    controls_actions = models.CharField(max_length=10, choices=Side, default=Side.DISTRICT)
    by_date = models.DateField("to be met by")
    published_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="goal_code_once")]

    def __str__(self):
        return f"{self.code} {self.title}"


class RootCause(models.Model):
    """A cause found in the data review, or one that was examined and ruled out."""

    class Category(models.TextChoices):
        GUIDANCE = "Instructional guidance"
        CAPACITY = "Professional capacity"
        ENVIRONMENT = "School learning environment"
        COMMUNITY = "Parent-community ties"
        LEADERSHIP = "Leadership and management"
        PLANT = "Physical plant"
        MEASUREMENT = "Measurement systems"

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        RULED_OUT = "ruled_out", "Ruled out"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="causes")
    code = models.CharField(max_length=20)
    description = models.CharField(max_length=300)
    category = models.CharField(max_length=40, choices=Category)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["goal", "code"], name="cause_code_once")]

    def __str__(self):
        return f"{self.code} {self.description}"


class ListeningNote(models.Model):
    """What families, students, staff or residents said. Groups only, never a student's name."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="listening_notes")
    code = models.CharField(max_length=20)
    on = models.DateField()
    place = models.CharField(max_length=200)
    who_spoke = models.CharField(max_length=200)
    people = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField("words heard")
    goal = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="listening_notes"
    )
    heard_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="note_code_once")]

    def __str__(self):
        return self.words[:80]
