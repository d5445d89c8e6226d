"""Proposals, their sections, sponsors and links to each other."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from goals.models import Goal, ListeningNote, Principle, RootCause, Season
from people.models import Unit

from ..workflow import CIRCULATED, EDITABLE, ON_THE_TABLE, UNDER_REVIEW, Status
from .intent import Intent

User = settings.AUTH_USER_MODEL

# Years; nothing is promised for longer than a generation of students.
LONGEST_CYCLE = 30
# Minutes of a meeting in a month: a working week, and more.
MOST_MINUTES = 3_000


def sponsored_by_one_of(units: Iterable[int], path: str = "") -> Exists:
    """For a query: is one of these units a standing sponsor? `path` leads from the row to its proposal."""
    return _sponsored(frozenset(units), path)


@lru_cache(maxsize=200)
def _sponsored(units: frozenset[int], path: str) -> Exists:
    """A part of most queries: what is asked is put together once, the answer is read each time."""
    return Exists(Sponsorship.objects.standing().filter(proposal=OuterRef(f"{path}pk"), unit_id__in=units))


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Circulated proposals for everybody; drafts and ended ones for their sponsors only."""
        return self.filter(Q(status__in=CIRCULATED) | Q(sponsored_by_one_of(user.unit_ids)))

    def circulated(self):
        """What everybody may read."""
        return self.filter(status__in=CIRCULATED)

    def sponsored_by(self, user):
        return self.filter(sponsored_by_one_of(user.unit_ids))

    def under_review(self):
        return self.filter(status__in=UNDER_REVIEW)

    def on_the_table(self):
        """Vetted or held: what a slate may list."""
        return self.filter(status__in=ON_THE_TABLE)


class Proposal(models.Model):
    """A request for new investment; one object from first draft to decision."""

    class Tier(models.TextChoices):
        NOT_SAID = "", "Not said yet"
        STRONG = "1", "1 Strong"
        MODERATE = "2", "2 Moderate"
        PROMISING = "3", "3 Promising"
        RATIONALE = "4", "4 Rationale"

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="proposals")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    intent = models.ForeignKey(
        Intent, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="proposals")
    causes = models.ManyToManyField(RootCause, blank=True, related_name="proposals")
    principles_served = models.ManyToManyField(Principle, blank=True, related_name="served_by")
    principles_strained = models.ManyToManyField(Principle, blank=True, related_name="strained_by")
    schools = models.ManyToManyField(Unit, blank=True, related_name="proposals_here")
    heard = models.ManyToManyField(ListeningNote, blank=True, related_name="proposals")
    reach = models.CharField(max_length=200, blank=True)
    grades = models.CharField(max_length=60, blank=True)
    students_served = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    evidence_tier = models.CharField(max_length=1, choices=Tier, blank=True, default=Tier.NOT_SAID)
    cycle_years = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_CYCLE)]
    )
    meeting = models.CharField(max_length=200, blank=True, help_text="An existing one that the work uses.")
    meeting_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_MINUTES)],
        help_text="A month, in that meeting.",
    )
    contact = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    research_partner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    late_until = models.DateField(
        null=True, blank=True, help_text="The steward opened it for a late edit until this day."
    )
    agreed_until = models.DateField(
        null=True, blank=True, help_text="Last day of changes that the sponsors agreed on for the draft."
    )
    text_number = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="Number of the newest update of the text."
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["season", "code"], name="proposal_code_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="proposal_status_known"),
            models.CheckConstraint(
                condition=Q(cycle_years=None) | Q(cycle_years__gte=1, cycle_years__lte=LONGEST_CYCLE),
                name="proposal_cycle_within",
            ),
            models.CheckConstraint(
                condition=Q(meeting_minutes=None) | Q(meeting_minutes__lte=MOST_MINUTES),
                name="proposal_meeting_within",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="proposal_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="proposal_edited_pair",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN, Status.MERGED])
                | Q(submitted_at__isnull=False),
                name="proposal_submitted_when_circulated",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DRAFT) | Q(submitted_at=None),
                name="proposal_draft_not_submitted",
            ),
        ]
        indexes = [models.Index(fields=["season", "status"])]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("proposal", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def standing_sponsorships(self) -> list["Sponsorship"]:
        """Sponsors that have not left, lead first; read once per object, prefetched in lists."""
        rows = [s for s in self.sponsorships.all() if s.left_at is None]
        return sorted(rows, key=lambda s: (not s.is_lead, s.pk))

    @property
    def lead(self) -> Unit | None:
        return next((s.unit for s in self.standing_sponsorships if s.is_lead), None)

    @property
    def is_joint(self) -> bool:
        """Two or more sponsors who accepted; a property, never a second kind of proposal."""
        return sum(s.accepted_at is not None for s in self.standing_sponsorships) > 1

    @property
    def sponsor_unit_ids(self) -> set[int]:
        return {s.unit_id for s in self.standing_sponsorships}


class SponsorshipQuerySet(models.QuerySet):
    def standing(self):
        """Sponsors that have not left: invited or accepted."""
        return self.filter(left_at=None)

    def invited(self):
        return self.standing().filter(accepted_at=None)


class Sponsorship(models.Model):
    """A unit that owns the proposal with others; invited, then accepted by who speaks for it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="sponsorships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sponsorships")
    is_lead = models.BooleanField(default=False)
    contribution = models.TextField(blank=True, help_text="What the unit brings.")
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        ordering = ["-is_lead", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "unit"], condition=Q(left_at=None), name="sponsor_once"
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(is_lead=True, left_at=None), name="one_lead"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{act}_at": None, f"{act}_by": None})
                    | Q(**{f"{act}_at__isnull": False, f"{act}_by__isnull": False}),
                    name=f"sponsorship_{act}_pair",
                )
                for act in ("invited", "accepted", "left")
            ),
        ]

    def __str__(self):
        return f"{self.unit} sponsors {self.proposal}"


class ProposalLink(models.Model):
    """A typed relation between proposals: `source` supports, depends on … `target`."""

    class Kind(models.TextChoices):
        SUPPORTS = "supports", "supports"
        DEPENDS_ON = "depends_on", "depends on"
        OVERLAPS = "overlaps", "overlaps"
        CONFLICTS = "conflicts", "conflicts with"

    source = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="links_out")
    kind = models.CharField(max_length=12, choices=Kind)
    target = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="links_in")
    note = models.TextField(blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_between_two_proposals"),
        ]

    def __str__(self):
        return f"{self.source.code} {self.get_kind_display()} {self.target.code}"
