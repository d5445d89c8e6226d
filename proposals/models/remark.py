"""What people say to a proposal's text: comments, wording they suggest, and what became of both."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from activity.append_only import AppendOnly, AppendOnlyQuerySet
from people.models import Unit

from ..workflow import CIRCULATED
from .proposal import Proposal, Sponsorship
from .section import Section

User = settings.AUTH_USER_MODEL

# Letters at most: a remark is read beside the text, and wording may be a section as long as they come.
LONGEST_REMARK, LONGEST_QUOTE, LONGEST_WORDING = 4_000, 2_000, 40_000


class CommentQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """What was said on a circulated version for its readers, on the text at work for its sponsors."""
        mine = Sponsorship.objects.standing().filter(proposal=OuterRef("proposal"), unit_id__in=user.unit_ids)
        return self.filter(Q(Exists(mine)) | Q(version__isnull=False, proposal__status__in=CIRCULATED))

    def with_outcome(self):
        """Annotate `newest`, the Outcome that stands, for the first word of each thread."""
        newest = Outcome.objects.filter(comment=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        stands = FilteredRelation("outcomes", condition=Q(outcomes__pk=F("newest_id")))
        return self.annotate(newest_id=Subquery(newest)).annotate(newest=stands)

    def taken_over(self):
        """Suggestions that were accepted, in the text or on their way into it."""
        rows = self.filter(suggestion__isnull=False).with_outcome()
        return rows.filter(newest__kind__in=(Outcome.Kind.ACCEPTED, Outcome.Kind.APPLIED))

    def open(self):
        """First words of threads about which somebody still has to do something."""
        rows, kind = self.filter(replies_to=None).with_outcome(), Outcome.Kind
        return rows.filter(Q(newest_id=None) | Q(newest__kind__in=(kind.REOPENED, kind.ACCEPTED)))

    def waiting(self):
        """Suggestions that the sponsors have not answered, or have accepted and not yet applied."""
        return self.open().filter(suggestion__isnull=False)


class Comment(AppendOnly):
    """A word on a section or a passage of it, or a reply to one. What was said is never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=20)
    version = models.ForeignKey(
        "proposals.ProposalVersion", on_delete=models.CASCADE, null=True, blank=True, related_name="comments",
        help_text="The version that was read; without one it was the text at work, and stays there.",
    )  # fmt: skip
    quote = models.TextField(blank=True, help_text="The passage, as it stood; empty for the whole section.")
    before = models.CharField(max_length=60, blank=True, help_text="Words in front of the passage.")
    after = models.CharField(max_length=60, blank=True, help_text="Words behind it.")
    replies_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replies_to=None) | Q(quote="", before="", after=""),
                name="reply_quotes_nothing",
            ),
            models.CheckConstraint(condition=Q(replies_to=None) | ~Q(text=""), name="reply_says_something"),
        ]

    def __str__(self):
        return f"{self.written_by} on {self.section_label}"

    @property
    def section_label(self) -> str:
        return str(dict(Section.Kind.choices).get(self.section, self.section))

    @property
    def is_public(self) -> bool:
        """Said on what was circulated, so that its readers may read it."""
        return self.version_id is not None

    @property
    def became(self) -> str:
        """Kind of the outcome that stands, '' without one; asks `with_outcome` for it."""
        return self.newest.kind if getattr(self, "newest_id", None) else ""

    @property
    def is_suggestion(self) -> bool:
        return hasattr(self, "suggestion")

    @property
    def is_open(self) -> bool:
        """Does anybody still have to do something about it?"""
        return self.became in ("", Outcome.Kind.REOPENED, Outcome.Kind.ACCEPTED)


class Suggestion(AppendOnly):
    """Wording that somebody offers for the passage of a comment; added to the section without one."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="suggestion")
    wording = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Wording for {self.comment.section_label}"


class Outcome(AppendOnly):
    """What became of a thread. The newest one stands."""

    class Kind(models.TextChoices):
        RESOLVED = "resolved", "Resolved"
        REOPENED = "reopened", "Reopened"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Not taken over"
        APPLIED = "applied", "Stands in the text"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind)
    word = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["resolved", "reopened", "accepted", "rejected", "applied"]),
                name="outcome_kind_known",
            ),
            models.UniqueConstraint(fields=["comment"], condition=Q(kind="applied"), name="applied_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.comment}"


class Mention(models.Model):
    """A word that somebody should read: named in it, answered by it, or told what became of theirs."""

    class Why(models.TextChoices):
        NAMED = "named", "mentioned you"
        REPLY = "reply", "replied to you"
        ACCEPTED = "accepted", "accepted your wording"
        REJECTED = "rejected", "did not take over your wording"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentions")
    why = models.CharField(max_length=10, choices=Why)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True, help_text="Read, answered, or settled since.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "person", "why"], condition=Q(noted_at=None), name="mention_once"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="mention_unread", condition=Q(noted_at=None))]

    def __str__(self):
        return f"{self.said_by} {self.get_why_display()}"
