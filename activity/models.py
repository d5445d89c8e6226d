"""History, what is owed to whom, what was sent. Persons and subjects stand here as plain values."""

import hashlib
import json
import secrets

from django.db import models
from django.db.models import Q

from .append_only import AppendOnly, AppendOnlyQuerySet


class EntryQuerySet(AppendOnlyQuerySet):
    def about(self, subject):
        """Entries whose subject is this object, newest first."""
        return self.filter(subject_kind=subject._meta.label, subject_key=str(subject.pk))

    def integrity(self):
        """Late, skipped or off-path acts, recusals and overrides: shown to every participant."""
        return self.filter(is_integrity=True)


class Entry(AppendOnly):
    """One thing that happened. Written in the transaction of the act it tells of."""

    at = models.DateTimeField(help_text="Business time of the act.")
    person_key = models.CharField(max_length=40, blank=True)
    person_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200)
    sentence = models.TextField(help_text="What happened, for people, without the name in front.")
    details = models.JSONField(default=dict, blank=True)
    is_integrity = models.BooleanField(default=False)
    is_private = models.BooleanField(
        default=False, help_text="Deciders only until the release (pending decisions)."
    )
    is_imported = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "-at"]),
            models.Index(fields=["-at", "-id"], name="entry_newest"),
        ]

    def __str__(self):
        return f"{self.person_name} {self.sentence}".strip()

    def digest_of_content(self) -> str:
        """Salted SHA-256 over everything the entry says; the chain is built over it."""
        content = [
            self.salt, self.at.isoformat(), self.person_key, self.person_name, self.verb,
            self.subject_kind, self.subject_key, self.subject_label, self.sentence,
            self.details, self.is_integrity, self.is_private, self.is_imported,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def signed(self) -> "Entry":
        """Fill salt and digest before the row is written."""
        self.salt = secrets.token_hex(16)
        self.digest = self.digest_of_content()
        return self


class Seal(AppendOnly):
    """A link of the chain: hash over the previous seal and the digest of one entry.

    Sealing follows the act by moments, so that acts do not wait for each other.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    number = models.PositiveBigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(help_text="Real time.")

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.hash[:12]}"


class Mail(models.Model):
    """A message to one person: the daily digest, or a single letter such as an invitation."""

    class Kind(models.TextChoices):
        DIGEST = "digest", "Daily digest"
        INVITATION = "invitation", "Invitation"
        RELEASE = "release", "Decisions released"

    person_key = models.CharField(max_length=40)
    person_name = models.CharField(max_length=200)
    address = models.EmailField()
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=120, help_text="Once per person, kind and key (the day).")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField(help_text="Business time.")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="Real time.")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text="Nothing in it was awaited any more when it was to go."
    )
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_key", "kind", "key"], name="mail_once_per_person_kind_key"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
                name="mail_sent_or_dropped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["leased_until"],
                name="mail_waiting",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.subject} → {self.person_name}"


class Notice(models.Model):
    """What is owed to one person: one rung of the reminder ladder for one awaited thing."""

    person_key = models.CharField(max_length=40)
    person_name = models.CharField(max_length=200)
    address = models.EmailField()
    key = models.CharField(max_length=160, help_text="What is awaited and which rung; once for each person.")
    awaited_key = models.CharField(max_length=120, help_text="Names the awaited thing itself.")
    sentence = models.TextField()
    path = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    noticed_at = models.DateTimeField(help_text="Business time.")
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="No longer awaited.")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person_key", "key"], name="notice_once"),
        ]
        indexes = [
            models.Index(
                fields=["person_key"],
                name="notice_waiting",
                condition=Q(mail__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.sentence


class MailPause(models.Model):
    """While this row stands no mail goes out: a restored copy must not write to people."""

    reason = models.CharField(max_length=200)
    paused_at = models.DateTimeField(help_text="Real time.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_mail_pause")]

    def __str__(self):
        return self.reason


class Heartbeat(models.Model):
    """When a background part was last seen alive."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField(help_text="Real time.")

    def __str__(self):
        return self.name


class Once(models.Model):
    """A form that was sent: the same form sent again leads to the same place and does nothing."""

    key = models.CharField(max_length=64)
    person_key = models.CharField(max_length=40)
    path = models.CharField(max_length=300, default="")
    location = models.CharField(max_length=500, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "once"
        constraints = [
            models.UniqueConstraint(fields=["key", "person_key", "path"], name="once_for_each_form")
        ]

    def __str__(self):
        return self.key


class DemoClock(models.Model):
    """Demo only: how far the business clock stands from real time."""

    offset_seconds = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.offset_seconds} s"
