"""Fund sources with their rules, envelopes, the chart of accounts, prices and rates.

Rows carry the season's name as a plain value: funds and goals do not know each other.
"""

from django.db import models
from django.db.models import Q

from people.models import Unit

from .fields import Cents


class FundSource(models.Model):
    """Money with its rules. The envelope is what is available for new investments only."""

    class PaysFor(models.TextChoices):
        RECURRING = "recurring", "Recurring cost"
        ONE_TIME = "one_time", "One-time cost"
        EITHER = "either", "Either"

    class Restriction(models.TextChoices):
        UNRESTRICTED = "unrestricted", "Unrestricted"
        ONE_TIME_BALANCE = "one_time_balance", "One-time balance"
        FEDERAL = "federal", "Federal"
        STATE = "state", "State"
        VOTERS = "voter_approved", "Voter-approved"
        REIMBURSEMENT = "reimbursement", "Reimbursement"

    season = models.CharField(max_length=20, help_text="Name of the season.")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    fund_type = models.CharField(max_length=80)
    pays_for = models.CharField(max_length=10, choices=PaysFor, default=PaysFor.EITHER)
    restriction = models.CharField(max_length=20, choices=Restriction, default=Restriction.UNRESTRICTED)
    rule = models.TextField(help_text="What the money may and may not pay, in plain words.")
    allowed_functions = models.CharField(
        max_length=300, blank=True, help_text="Codes or ranges separated by “; ”. Empty means any."
    )
    allowed_objects = models.CharField(
        max_length=300, blank=True, help_text="Codes or ranges separated by “; ”. Empty means any."
    )
    title_i_only = models.BooleanField("Title I schools only", default=False)
    supplement_only = models.BooleanField("supplement, not supplant", default=False)
    ends_on = models.DateField("money ends on", null=True, blank=True)
    rule_owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="funds_owned")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["season", "code"], name="fund_code_once")]

    def __str__(self):
        return f"{self.code} {self.name}"


class Envelope(models.Model):
    """Amount of a fund source for new investments in one year."""

    fund = models.ForeignKey(FundSource, on_delete=models.CASCADE, related_name="envelopes")
    year = models.CharField(max_length=20, help_text="Name of the year, such as FY27.")
    available_cents = Cents()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "year"], name="envelope_year_once"),
            models.CheckConstraint(condition=Cents.within("available_cents"), name="envelope_cents_within"),
        ]

    def __str__(self):
        return f"{self.fund.code} {self.year}"


class AccountCode(models.Model):
    """A code of the district's chart of accounts."""

    class Kind(models.TextChoices):
        FUNCTION = "function", "Function"
        OBJECT = "object", "Object"
        PROGRAM = "program", "Program"
        FUND_TYPE = "fund_type", "Fund type"

    season = models.CharField(max_length=20, help_text="Name of the season.")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["season", "kind", "code"], name="account_code_once")]

    def __str__(self):
        return f"{self.code} {self.name}"


class PositionPrice(models.Model):
    """What one full-time post costs in the season's year."""

    season = models.CharField(max_length=20, help_text="Name of the season.")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    salary_cents = Cents("base salary")
    variable_benefits_cents = Cents("variable benefits")
    health_cents = Cents("health")
    full_cost_cents = Cents("cost of 1.0 FTE")
    salary_object = models.ForeignKey(AccountCode, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["season", "code"], name="position_code_once"),
            models.CheckConstraint(
                condition=Cents.within(
                    "salary_cents", "variable_benefits_cents", "health_cents", "full_cost_cents"
                ),
                name="position_cents_within",
            ),
        ]

    def __str__(self):
        return self.name


class CostAssumption(models.Model):
    """A rate behind position costs and later years. The roles that arithmetic uses are named."""

    class Role(models.TextChoices):
        SALARY_GROWTH = "salary_growth", "Salary growth a year"
        HEALTH_GROWTH = "health_growth", "Health growth a year"
        OTHER_GROWTH = "other_growth", "Other recurring growth a year"
        VARIABLE_BENEFITS = "variable_benefits", "Variable benefit rate"
        HEALTH = "health", "Health per FTE"

    class ValueUnit(models.TextChoices):
        RATE = "rate", "Rate"
        DOLLARS = "dollars_per_fte", "Dollars per FTE"

    season = models.CharField(max_length=20, help_text="Name of the season.")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=6)
    value_unit = models.CharField(max_length=20, choices=ValueUnit)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["season", "name"], name="assumption_once"),
            models.UniqueConstraint(
                fields=["season", "role"], condition=~Q(role=""), name="assumption_role_once"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=-1, value__lte=10_000_000), name="assumption_within"
            ),
        ]

    def __str__(self):
        return self.name
