"""Asks and their terms. The ask holds the draft; what was sent stands in append-only terms."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from activity.append_only import AppendOnly, AppendOnlyQuerySet
from funds.fields import Cents
from people.models import Unit

from .proposal import Proposal

User = settings.AUTH_USER_MODEL


class Terms(models.Model):
    """The material terms of an ask: changing one of them asks anew."""

    class EffortPer(models.TextChoices):
        ONCE = "once", "once"
        YEAR = "year", "a year"
        WEEK = "week", "a week"

    what = models.TextField("what is asked")
    effort = models.CharField(max_length=200, blank=True, help_text="In the sponsors' words.")
    effort_hours = models.PositiveIntegerField(
        "hours", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    effort_per = models.CharField("hours are", max_length=5, choices=EffortPer, blank=True, default="")
    posts_to_fill = models.DecimalField(
        "posts to fill (FTE)", max_digits=6, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(9999)],
    )  # fmt: skip
    amount_cents = Cents("share of the money", null=True, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    if_declined = models.TextField("what happens if the answer is no", blank=True)

    FIELDS = (
        "what", "effort", "effort_hours", "effort_per", "posts_to_fill", "amount_cents",
        "needed_by", "if_declined",
    )  # fmt: skip

    class Meta:
        abstract = True

    def values(self) -> dict:
        return {name: getattr(self, name) for name in self.FIELDS}


class AskQuerySet(models.QuerySet):
    def standing(self):
        """Asks that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_current_terms(self):
        """Annotate `current_terms_id`: the newest terms, or None while the ask was never sent."""
        newest = AskTerms.objects.filter(ask=OuterRef("pk")).order_by("-number").values("pk")[:1]
        return self.annotate(current_terms_id=Subquery(newest))

    def with_sent(self):
        """Annotate `sent_values`: what the newest terms say, or None while the ask was never sent."""
        said = JSONObject(**{name: name for name in Terms.FIELDS})
        newest = AskTerms.objects.filter(ask=OuterRef("pk")).order_by("-number").values(said=said)[:1]
        return self.annotate(sent_values=Subquery(newest))

    def sent(self):
        return self.standing().with_current_terms().filter(current_terms_id__isnull=False)


class Ask(Terms):
    """Support wanted from a named unit. Its own columns are the draft of the next terms."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="asks")
    code = models.CharField(max_length=20)
    asked_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="asks")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "code"], name="ask_code_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="ask_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=Q(amount_cents=None) | Cents.within("amount_cents"),
                name="ask_amount_within",
            ),
            models.CheckConstraint(
                condition=Q(posts_to_fill=None) | Q(posts_to_fill__gte=0, posts_to_fill__lte=9999),
                name="ask_posts_within",
            ),
        ]
        indexes = [models.Index(fields=["asked_unit"])]

    def __str__(self):
        return f"{self.code} to {self.asked_unit}"

    @property
    def current_terms(self) -> "AskTerms | None":
        """The newest terms; uses prefetched `terms` where a list page has them."""
        return max(self.terms.all(), key=lambda t: t.number, default=None)

    @property
    def is_unsent(self) -> bool:
        """Never sent, or changed since it was sent."""
        return self.sent_now() != self.values()

    def sent_now(self) -> dict:
        """What the newest terms say, empty before the first; no query where `with_sent` has read it."""
        if "sent_values" in self.__dict__:
            field = AskTerms._meta.get_field
            return {name: field(name).to_python(value) for name, value in (self.sent_values or {}).items()}
        terms = self.current_terms
        return terms.values() if terms else {}


class AskTerms(AppendOnly, Terms):
    """One set of terms as sent to the asked unit. An answer belongs to one set of terms."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    sponsors = models.CharField(
        max_length=300, help_text="Codes of the sponsors when it was sent, lead first."
    )
    answer_due_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_imported = models.BooleanField(default=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["ask", "number"]
        verbose_name_plural = "ask terms"
        constraints = [
            models.UniqueConstraint(fields=["ask", "number"], name="terms_number_once"),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=False) | Q(is_imported=True),
                name="terms_sent_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.ask.code}, terms {self.number}"
