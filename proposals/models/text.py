"""The updates from which the text of a proposal is merged, and who wrote them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from activity.append_only import AppendOnly, AppendOnlyQuerySet

from ..document import SEED_CLIENT
from .proposal import Proposal
from .section import Section

User = settings.AUTH_USER_MODEL

# Bytes of one update: a very long pasted text, without pictures.
LARGEST_UPDATE = 256 * 1024


class SectionUpdateQuerySet(AppendOnlyQuerySet):
    def remove_merged(self) -> int:
        """Remove rows whose words the state of their section holds; the triggers refuse any other."""
        return self._raw_delete(self.db)


class SectionUpdate(AppendOnly):
    """What one editor changed in one section, as a Yjs update; numbered under the proposal's lock."""

    # A row may go when the merged state holds it (see docs/adr/0010).
    removable_if = (
        "EXISTS (SELECT 1 FROM proposals_section AS s WHERE s.proposal_id = OLD.proposal_id "
        "AND s.kind = OLD.kind AND s.removed_number >= OLD.number)"
    )

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="updates")
    kind = models.CharField(max_length=20, choices=Section.Kind)
    number = models.PositiveBigIntegerField()
    key = models.CharField(max_length=40, help_text="Made by the editor; the same whenever it is sent again.")
    client = models.PositiveBigIntegerField()
    data = models.BinaryField()
    written_at = models.DateTimeField(help_text="Real time.")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SectionUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="update_number_once"),
            models.UniqueConstraint(fields=["proposal", "key"], name="update_key_once"),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("data"), LARGEST_UPDATE)), name="update_size_within"
            ),
            models.CheckConstraint(
                condition=Q(written_by__isnull=False) | Q(client=SEED_CLIENT),
                name="update_written_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["written_at"])]

    def __str__(self):
        return f"{self.proposal_id} {self.kind} {self.number}"


class SectionWriter(models.Model):
    """Who wrote as which editor: it stays when the rows are merged, so that no author is lost."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="writers")
    client = models.PositiveBigIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["section", "first_at"]
        constraints = [
            models.UniqueConstraint(fields=["section", "client", "person"], name="writer_once"),
        ]

    def __str__(self):
        return f"{self.person} wrote {self.section}"


class KeptText(models.Model):
    """Words that arrived after the text was closed, kept for their author."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="kept_texts")
    kind = models.CharField(max_length=20, choices=Section.Kind)
    keys = models.JSONField(default=list, help_text="Keys of the updates; one sent again is known.")
    data = models.BinaryField(help_text="The updates, merged.")
    text = models.TextField(blank=True, help_text="The section as its author had it.")
    html = models.TextField(blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="Offered or discarded by its author.")

    class Meta:
        ordering = ["kept_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "kept_by"],
                condition=Q(settled_at=None),
                name="kept_once_until_settled",
            ),
        ]

    def __str__(self):
        return f"{self.kept_by} on {self.get_kind_display()}"

    @property
    def is_whole(self) -> bool:
        """Is this the section as its author had it? Of their words alone no HTML is made."""
        return bool(self.html) or not self.text
