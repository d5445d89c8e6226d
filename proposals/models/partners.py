"""How units find each other: offers to join, first words, mergers, and where a draft comes from."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from people.models import Unit

from .intent import Intent
from .proposal import Proposal, Sponsorship

User = settings.AUTH_USER_MODEL


def _one_of(first: str, second: str) -> Q:
    """Exactly one of the two columns is filled."""
    return Q(**{first: None, f"{second}__isnull": False}) | Q(**{f"{first}__isnull": False, second: None})


def _pair(act: str) -> Q:
    at, by = f"{act}_at", f"{act}_by"
    return Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


class OfferQuerySet(models.QuerySet):
    def standing(self):
        """Neither taken up nor ended."""
        return self.filter(taken_up_at=None, ended_at=None)


class Offer(models.Model):
    """A unit offers to join an intent, or a proposal that is being written, as co-sponsor.

    Taken up it becomes a sponsorship: accepted where the unit's head or deputy offered it, else invited.
    """

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, null=True, blank=True, related_name="offers")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="offers"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offers")
    brings = models.TextField("what your unit brings")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_spoken = models.BooleanField(default=False, help_text="Offered by the unit's head or deputy.")
    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.CASCADE, null=True, blank=True, related_name="offers"
    )
    taken_up_at = models.DateTimeField(null=True, blank=True)
    taken_up_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Taken back or declined.")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_one_of("intent", "proposal"), name="offer_about_one"),
            models.CheckConstraint(condition=_pair("taken_up"), name="offer_taken_up_pair"),
            models.CheckConstraint(condition=_pair("ended"), name="offer_ended_pair"),
            models.CheckConstraint(condition=Q(taken_up_at=None) | Q(ended_at=None), name="offer_one_end"),
            models.UniqueConstraint(
                fields=["intent", "unit"],
                condition=Q(intent__isnull=False, taken_up_at=None, ended_at=None),
                name="offer_to_intent_once",
            ),
            models.UniqueConstraint(
                fields=["proposal", "unit"],
                condition=Q(proposal__isnull=False, taken_up_at=None, ended_at=None),
                name="offer_to_proposal_once",
            ),
        ]

    def __str__(self):
        return f"{self.unit} offers to join"


class Talk(models.Model):
    """A first word from unit to unit; its head and deputy are awaited until they say that they talked.

    It is about an intent, or about a draft of the sender's that overlaps with one of theirs.
    """

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, null=True, blank=True, related_name="talks")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="talks"
    )
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="talks_begun")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="talks_wanted")
    message = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    heard_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_one_of("intent", "proposal"), name="talk_about_one"),
            models.CheckConstraint(condition=_pair("heard"), name="talk_heard_pair"),
        ]

    def __str__(self):
        return f"{self.from_unit} to {self.to_unit}"


class MergerQuerySet(models.QuerySet):
    def standing(self):
        """Proposed, not answered yet."""
        return self.filter(accepted_at=None, ended_at=None)

    def answerable(self):
        """Those among them whose asked unit still leads one of the drafts; the unit of an intent stays."""
        led = Sponsorship.objects.standing().filter(is_lead=True, unit=OuterRef("to_unit"))
        led = led.filter(Q(proposal=OuterRef("kept")) | Q(proposal=OuterRef("merged")))
        return self.standing().filter(Exists(led) | Q(merged=None))

    def accepted(self):
        return self.filter(accepted_at__isnull=False)


class Merger(models.Model):
    """One draft, or an intent, goes into another draft: proposed by one side, accepted by the other."""

    kept = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="mergers_in")
    merged = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="mergers_out"
    )
    intent = models.ForeignKey(
        Intent, on_delete=models.CASCADE, null=True, blank=True, related_name="mergers"
    )
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", help_text="Whose head or deputy answers."
    )
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Declined or taken back.")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MergerQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_one_of("merged", "intent"), name="merger_of_one"),
            models.CheckConstraint(
                condition=Q(merged=None) | ~Q(merged=F("kept")), name="merger_of_two_proposals"
            ),
            models.CheckConstraint(condition=_pair("accepted"), name="merger_accepted_pair"),
            models.CheckConstraint(condition=_pair("ended"), name="merger_ended_pair"),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(ended_at=None), name="merger_one_end"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(accepted_at__isnull=False), name="merged_once"
            ),
            models.UniqueConstraint(
                fields=["intent"], condition=Q(accepted_at__isnull=False), name="intent_merged_once"
            ),
        ]

    def __str__(self):
        return f"{self.merged or self.intent} into {self.kept}"


class Origin(models.Model):
    """The proposal that a draft was made from, in this season or an earlier one."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="origin")
    source = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="successors")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(proposal=F("source")), name="origin_is_another"),
        ]

    def __str__(self):
        return f"{self.proposal} from {self.source}"
