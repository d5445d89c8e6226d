"""The asked unit's answer to one set of terms, and the condition it may set."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from activity.append_only import AppendOnly, AppendOnlyQuerySet
from proposals.models import Ask, AskTerms

User = settings.AUTH_USER_MODEL


class EndorsementQuerySet(AppendOnlyQuerySet):
    def latest(self):
        """Only the newest answer to each set of terms: the one that counts."""
        newer = Endorsement.objects.filter(terms=OuterRef("terms"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def current(self):
        """The newest answers to the newest terms of asks that stand."""
        newer_terms = AskTerms.objects.filter(
            ask=OuterRef("terms__ask"), number__gt=OuterRef("terms__number")
        )
        return self.latest().filter(~Exists(newer_terms), terms__ask__withdrawn_at=None)


class Endorsement(AppendOnly):
    """An answer to one set of terms. A later answer to the same terms has a higher number."""

    class Answer(models.TextChoices):
        ENDORSED = "endorsed", "Endorsed"
        CONDITIONAL = "conditional", "Endorsed with conditions"
        DECLINED = "declined", "Declined"
        NOT_AFFECTED = "not_affected", "Not affected"

    SUPPORT = (Answer.ENDORSED, Answer.CONDITIONAL)

    terms = models.ForeignKey(AskTerms, on_delete=models.CASCADE, related_name="endorsements")
    number = models.PositiveSmallIntegerField(default=1)
    answer = models.CharField(max_length=12, choices=Answer)
    reason = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_imported = models.BooleanField(default=False)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["terms", "number"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "number"], name="endorsement_number_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["endorsed", "conditional", "declined", "not_affected"]),
                name="endorsement_answer_known",
            ),
        ]

    def __str__(self):
        return f"{self.terms.ask.asked_unit}: {self.get_answer_display()}"


class Condition(models.Model):
    """What must hold for the endorsement; the sponsors accept it or refuse it."""

    endorsement = models.OneToOneField(Endorsement, on_delete=models.CASCADE, related_name="condition")
    text = models.TextField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal_reason = models.TextField(blank=True)
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False)
                | Q(accepted_at__isnull=False, is_imported=True),
                name="condition_accepted_pair",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_by=None)
                | Q(refused_at__isnull=False, refused_by__isnull=False),
                name="condition_refused_pair",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(refused_at=None),
                name="condition_accepted_or_refused",
            ),
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.refused_at is None


def asks_with_answers(asks=None):
    """Asks with `current_terms_id` and `current_answer` annotated: '' while nobody answered.

    One query for any number of asks; silence stays silence.
    """
    asks = Ask.objects.standing() if asks is None else asks
    answer = (
        Endorsement.objects.filter(terms=OuterRef("current_terms_id"))
        .order_by("-number")
        .values("answer")[:1]
    )
    return asks.with_current_terms().annotate(current_answer=Coalesce(Subquery(answer), Value("")))
