"""The season, its stages and the rules published for it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from activity import clock

User = settings.AUTH_USER_MODEL


# Every page asks for it, and putting this query together anew took longer than its answer.
NEWEST = "SELECT * FROM goals_season ORDER BY fiscal_year_starts DESC LIMIT 1"


class SeasonQuerySet(models.QuerySet):
    def current(self) -> "Season | None":
        """The season that pages show unless another one is asked for: the newest."""
        return next(iter(self.raw(NEWEST)), None)

    def current_with_stages(self) -> "Season | None":
        """The same with its stages, in one query where it has any."""
        newest = self.order_by("-fiscal_year_starts").values("pk")[:1]
        stages = list(Stage.objects.filter(season=models.Subquery(newest)).select_related("season"))
        if not stages:
            return self.current()
        season = stages[0].season
        season._all_stages = stages
        return season


class Season(models.Model):
    """One budget cycle for one fiscal year, with the rules published for it."""

    name = models.CharField(max_length=20, unique=True, help_text="Such as FY27.")
    fiscal_year_starts = models.DateField()
    fiscal_year_ends = models.DateField()
    years_costed = models.PositiveSmallIntegerField(default=3)
    rating_from = models.PositiveSmallIntegerField(default=1)
    rating_to = models.PositiveSmallIntegerField(default=5)
    joint_points = models.DecimalField("joint preference points", max_digits=5, decimal_places=2, default=5)
    joint_threshold = models.DecimalField(
        "joint preference threshold", max_digits=4, decimal_places=2, default=3.5
    )
    joint_needs_answers = models.BooleanField("joint preference needs all asks answered", default=True)
    heads_rate = models.BooleanField("unit heads rate too", default=True)
    needs_concurrence = models.BooleanField("the superintendent must concur with the slate", default=True)
    answers_due_on = models.DateField("answers to asks due", null=True, blank=True)
    submission_due_on = models.DateField("submission deadline", null=True, blank=True)
    revision_due_on = models.DateField("revision deadline", null=True, blank=True)
    decision_meeting_on = models.DateField(null=True, blank=True)
    decisions_published_on = models.DateField(null=True, blank=True)
    demo_today = models.DateField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    frozen_on = models.DateField(
        null=True, blank=True, help_text="Rules were first changed after drafting opened: they stay frozen."
    )
    workbook_digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the workbook it was imported from."
    )
    imported_until = models.DateField(
        null=True, blank=True, help_text="Acts dated later were left out of the import."
    )

    objects = SeasonQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year_starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fiscal_year_ends__gt=F("fiscal_year_starts")),
                name="season_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(years_costed__gte=1, years_costed__lte=3), name="season_years_costed"
            ),
            models.CheckConstraint(condition=Q(rating_to__gt=F("rating_from")), name="season_rating_scale"),
            models.CheckConstraint(
                condition=Q(joint_points__gte=0, joint_points__lte=100),
                name="season_joint_points",
            ),
            models.CheckConstraint(
                condition=Q(adopted_at=None, adopted_by=None)
                | Q(adopted_at__isnull=False, adopted_by__isnull=False),
                name="season_adopted_pair",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def years(self) -> list[str]:
        """Names of the years that proposals cost, the season's own first: FY27, FY28, FY29."""
        stem = self.name.rstrip("0123456789")
        digits = self.name[len(stem) :]
        return [f"{stem}{str(int(digits or 0) + n).zfill(len(digits))}" for n in range(self.years_costed)]

    def stages_open(self, on=None) -> list["Stage"]:
        """Stages whose dates include `on`, today unless told. Reads the stages once per object."""
        on = on or clock.today()
        return [s for s in self.all_stages if s.opens <= on <= s.closes]

    @property
    def all_stages(self) -> list["Stage"]:
        if not hasattr(self, "_all_stages"):
            self._all_stages = list(self.stages.all())
        return self._all_stages

    def is_open(self, *kinds: str, on=None) -> bool:
        """Is today in a stage of one of these kinds?"""
        return any(stage.kind in kinds for stage in self.stages_open(on))

    def has_reached(self, kind: str, on=None) -> bool:
        """Has the first stage of this kind begun?"""
        on = on or clock.today()
        return any(stage.kind == kind and stage.opens <= on for stage in self.all_stages)


class Stage(models.Model):
    """A dated part of the season; it is open when today lies between its dates."""

    class Kind(models.TextChoices):
        SETUP = "setup", "Setup"
        GOALS = "goals", "Goals"
        INTENTS = "intents", "Intents"
        DRAFTING = "drafting", "Drafting"
        CONSULTATION = "consultation", "Consultation"
        VETTING = "vetting", "Vetting"
        REVISION = "revision", "Revision"
        SCORING = "scoring", "Scoring"
        SLATE = "slate", "Slate"
        DECISION = "decision", "Decision"
        CLOSED = "closed", "Closed"

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    opens = models.DateField()
    closes = models.DateField(help_text="Last day, inclusive.")
    who_acts = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["season", "order"], name="stage_order_once"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="stage_dates_in_order"),
        ]

    def __str__(self):
        return self.name


def stage_open(season: str, *kinds: str) -> Exists:
    """For a query: is today in a stage of one of these kinds of that season?"""
    today = clock.today()
    return Exists(
        Stage.objects.filter(season=OuterRef(season), kind__in=kinds, opens__lte=today, closes__gte=today)
    )


def season_over(season: str) -> Q:
    """For a query: has that season been closed, or its last stage?"""
    today, stages = clock.today(), Stage.objects.filter(season=OuterRef(season)).order_by()
    closed = stages.filter(kind=Stage.Kind.CLOSED, opens__lte=today)
    return Q(Exists(closed)) | Q(Exists(stages)) & ~Q(Exists(stages.filter(closes__gte=today)))


class Principle(models.Model):
    """A guiding principle of the season; proposals and decisions refer to it by number."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="principles")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    meaning = models.TextField(blank=True)
    adopted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["season", "number"], name="principle_number_once")]

    def __str__(self):
        return f"{self.number}. {self.text}"


class DecisionRight(models.Model):
    """Who recommends, is heard, agrees, performs and decides, for one type of decision (RAPID)."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="decision_rights")
    decision_type = models.CharField(max_length=200)
    recommend = models.CharField(max_length=200)
    input = models.CharField(max_length=200, blank=True)
    agree = models.CharField(max_length=200, blank=True)
    perform = models.CharField(max_length=200, blank=True)
    decide = models.CharField(max_length=200)
    adopt = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["season", "decision_type"], name="decision_right_once")
        ]

    def __str__(self):
        return self.decision_type


class Agreement(models.Model):
    """The working agreement of the season, as published."""

    season = models.OneToOneField(Season, on_delete=models.CASCADE, related_name="agreement")
    text = models.TextField()

    def __str__(self):
        return f"Working agreement, {self.season}"
