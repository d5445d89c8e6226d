"""Files beside a proposal. Row and bytes stay when one is removed: versions go on leading to them."""

import json
from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject

from .proposal import Proposal

User = settings.AUTH_USER_MODEL

LARGEST_ATTACHMENT = 10 * 1024 * 1024  # bytes
MOST_ATTACHMENTS = 20

FILE_AS_JSON = JSONObject(id="pk", name="name", size="size", sha256="sha256")


def files_content(found: Mapping[str, str]) -> list[dict]:
    """The files that a content names, in the order in which they were added."""
    return sorted((json.loads(row) for row in found.values()), key=lambda row: row["id"])


class AttachmentQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """A file as it was added: its bytes lie under a random name and are never changed."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        PNG = "png", "PNG picture"
        JPEG = "jpeg", "JPEG picture"
        WEBP = "webp", "WebP picture"
        DOCX = "docx", "Word text"
        XLSX = "xlsx", "Excel workbook"
        PPTX = "pptx", "PowerPoint slides"
        ODT = "odt", "OpenDocument text"
        ODS = "ods", "OpenDocument workbook"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=Kind)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=60, help_text="Where the bytes lie among the uploaded files.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=LARGEST_ATTACHMENT), name="attachment_size_within"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_pair",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["pdf", "png", "jpeg", "webp", "docx", "xlsx", "pptx", "odt", "ods"]),
                name="attachment_kind_known",
            ),
            models.UniqueConstraint(
                fields=["proposal", "sha256"], condition=Q(removed_at=None), name="attachment_once"
            ),
        ]

    def __str__(self):
        return self.name
