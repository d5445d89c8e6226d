"""What a proposal costs, by line and year, and what it demands of schools, by month."""

from django.db import models
from django.db.models import Q

from funds.fields import Cents
from funds.models import AccountCode, FundSource, PositionPrice
from people.models import Unit

from .proposal import Proposal


class CostLine(models.Model):
    """An amount by unit, fund source, function, object and year.

    Position lines hold salary and benefits together, computed from price list and FTE.
    """

    YEARS = ("year1_cents", "year2_cents", "year3_cents")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="cost_lines")
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cost_lines")
    description = models.CharField(max_length=300)
    fund = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="cost_lines")
    function = models.ForeignKey(AccountCode, on_delete=models.PROTECT, related_name="+")
    object = models.ForeignKey(AccountCode, on_delete=models.PROTECT, related_name="+")
    benefits_object = models.ForeignKey(
        AccountCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.ForeignKey(
        PositionPrice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fte = models.DecimalField("FTE", max_digits=6, decimal_places=2, null=True, blank=True)
    is_recurring = models.BooleanField("returns each year", default=True)
    year1_cents = Cents("first year")
    year2_cents = Cents("second year", default=0)
    year3_cents = Cents("third year", default=0)
    required_anyway = models.BooleanField(
        default=False,
        help_text="The district must pay this by law, or paid it from other money before.",
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="cost_line_number_once"),
            models.CheckConstraint(
                condition=Cents.within("year1_cents", "year2_cents", "year3_cents"),
                name="cost_line_cents_within",
            ),
            models.CheckConstraint(
                condition=Q(position=None) | Q(fte__gt=0, fte__lte=9999),
                name="cost_line_position_has_fte",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.description}"

    @property
    def years(self) -> list[int]:
        """Cents of the three years."""
        return [self.year1_cents, self.year2_cents, self.year3_cents]


class SchoolDemand(models.Model):
    """Time that a proposal asks of a school in a month."""

    class Activity(models.TextChoices):
        COACHING = "coaching_day", "Coaching day"
        TRAINING = "training_day", "Training day"
        MEETING = "meeting", "Meeting"
        DATA_ENTRY = "data_entry", "Data entry"
        EVENT = "event", "Event"
        ASSESSMENT = "assessment", "Assessment"
        WORKS = "works_on_site", "Works on site"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="demands")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="demands")
    month = models.DateField(help_text="First day of the month.")
    activity = models.CharField(max_length=15, choices=Activity)
    days = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    hours = models.PositiveIntegerField(default=0, help_text="Staff hours asked in the month.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["month", "school__code", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "school", "month", "activity"], name="demand_once"),
            models.CheckConstraint(condition=Q(days__gte=0, days__lte=31), name="demand_days"),
        ]
        indexes = [models.Index(fields=["school", "month"])]

    def __str__(self):
        return f"{self.school.code} {self.month:%b %Y}: {self.hours} h"
