"""The decision on one proposal, always with a reason; visible to deciders until the release."""

from django.conf import settings
from django.db import models
from django.db.models import Aggregate, OuterRef, Q, Subquery, TextField

from people.rules import is_decider
from proposals.models import ProposalVersion

from .slate import Slate

User = settings.AUTH_USER_MODEL


class Joined(Aggregate):
    """Values of many rows as one text, such as “1; 4”, on both databases."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '; ')"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(
            compiler, connection, template="STRING_AGG((%(expressions)s)::text, '; ')", **extra
        )


def keys_in(joined: str | None) -> list[int]:
    return [int(key) for key in (joined or "").split(";") if key]


class DecisionQuerySet(models.QuerySet):
    def released(self):
        return self.filter(published_at__isnull=False)

    def visible_to(self, user):
        """Released decisions for everybody, pending ones for the deciders."""
        return self if is_decider(user) else self.released()

    def with_deciders(self):
        """With `deciders`, in the same query."""
        rows = Decision.decided_by.through.objects.filter(decision=OuterRef("pk")).order_by()
        rows = rows.values("decision").annotate(joined=Joined("user_id"))
        return self.annotate(deciders_text=Subquery(rows.values("joined")))


class Decision(models.Model):
    """Outcome and reason for one version of a proposal, on one slate."""

    class Outcome(models.TextChoices):
        FUNDED = "funded", "Funded"
        FUNDED_IN_PART = "funded_in_part", "Funded in part"
        FUNDED_WITH_CONDITIONS = "funded_with_conditions", "Funded with conditions"
        DEFERRED = "deferred", "Deferred"
        NOT_FUNDED = "not_funded", "Not funded"

    FUNDING = (Outcome.FUNDED, Outcome.FUNDED_IN_PART, Outcome.FUNDED_WITH_CONDITIONS)

    slate = models.ForeignKey(Slate, on_delete=models.CASCADE, related_name="decisions")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=24, choices=Outcome)
    reason = models.TextField()
    overrides_decline = models.BooleanField(default=False)
    override_reason = models.TextField(blank=True)
    served = models.JSONField("principles served", default=list, blank=True, help_text="Their numbers.")
    strained = models.JSONField("principles strained", default=list, blank=True, help_text="Their numbers.")
    review_year = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ManyToManyField(User, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(default=False)

    objects = DecisionQuerySet.as_manager()

    deciders_text = ""

    class Meta:
        ordering = ["version__proposal__code"]
        constraints = [
            models.UniqueConstraint(fields=["slate", "version"], name="decision_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=Q(overrides_decline=False) | ~Q(override_reason=""),
                name="decision_override_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.version.proposal}"

    @property
    def is_funding(self) -> bool:
        return self.outcome in self.FUNDING

    @property
    def deciders(self) -> list[int]:
        """Of a row read `with_deciders`."""
        return keys_in(self.deciders_text)
