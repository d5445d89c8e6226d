"""The investment with its one owner, and the commitments that came from endorsed asks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from funds.fields import Cents
from funds.models import FundSource
from goals.models import Goal, Season
from people.models import Unit
from proposals.models import LONGEST_CYCLE
from reviews.models import Endorsement
from slates.models import Decision

from ..workflow import SETTLED, CommitmentStatus, State

User = settings.AUTH_USER_MODEL


class Investment(models.Model):
    """A funded proposal under way. It ends on `ends_on` unless it is renewed."""

    class ReviewChoice(models.TextChoices):
        CONTINUE = "continue", "Continue"
        EXPAND = "expand", "Expand"
        ADAPT = "adapt", "Adapt"
        REDUCE = "reduce", "Reduce"
        STOP = "stop", "Stop"

    season = models.ForeignKey(
        Season, on_delete=models.CASCADE, related_name="investments",
        help_text="The season that funded it, or in whose workbook it came.",
    )  # fmt: skip
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="investment"
    )
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State, default=State.NOT_STARTED)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="investments")
    owner_person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partners = models.ManyToManyField(Unit, blank=True, related_name="partner_investments")
    research_partner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="investments"
    )
    schools = models.ManyToManyField(Unit, blank=True, related_name="investments_here")
    cost_cents = Cents("cost of the running year")
    cost_year = models.CharField(max_length=20, help_text="Name of that year, such as FY26.")
    fund = models.ForeignKey(FundSource, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cycle_years = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    next_review_on = models.DateField(null=True, blank=True)
    dip_until = models.DateField("expected dip until", null=True, blank=True)
    dip_to = models.DecimalField(
        "worst value expected in the dip", max_digits=14, decimal_places=3, null=True, blank=True
    )
    review_choice = models.CharField(max_length=10, choices=ReviewChoice, blank=True)
    story = models.TextField("story so far", blank=True)
    is_imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["season", "code"], name="investment_code_once"),
            models.CheckConstraint(condition=Cents.within("cost_cents"), name="investment_cents_within"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="investment_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(cycle_years__gte=1, cycle_years__lte=LONGEST_CYCLE),
                name="investment_cycle_within",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class CommitmentQuerySet(models.QuerySet):
    def unsettled(self):
        return self.exclude(status__in=SETTLED)


class Commitment(models.Model):
    """A duty of a unit: an endorsed ask of a funded proposal, or one of a running investment."""

    investment = models.ForeignKey(Investment, on_delete=models.CASCADE, related_name="commitments")
    endorsement = models.OneToOneField(
        Endorsement, on_delete=models.PROTECT, null=True, blank=True, related_name="commitment"
    )
    code = models.CharField(max_length=20)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="commitments")
    owner_person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    what = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    condition = models.TextField(blank=True)
    condition_accepted = models.BooleanField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=CommitmentStatus, default=CommitmentStatus.NOT_STARTED)
    status_on = models.DateField()
    note = models.TextField(blank=True)
    is_imported = models.BooleanField(default=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["investment", "code"], name="commitment_code_once"),
        ]
        indexes = [models.Index(fields=["owner", "status"])]

    def __str__(self):
        return f"{self.code} {self.what[:80]}"
