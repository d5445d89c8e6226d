"""Frozen copies of a proposal, their substance, and the sign-ons given to it."""

import hashlib
import json
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from activity.append_only import AppendOnly, AppendOnlyQuerySet

from .ask import Terms
from .proposal import Proposal, Section, Sponsorship

User = settings.AUTH_USER_MODEL

_LINE_CODES = ("unit", "fund", "function", "object", "benefits_object", "position")


def content_of(proposal: Proposal) -> dict:
    """Everything a reader needs of the proposal as it stands now, as plain JSON values.

    Reading pages, versions and differences all work on this one form.
    """
    return {
        "code": proposal.code,
        "title": proposal.title,
        "sections": {s.kind: s.text for s in proposal.sections.all() if s.text},
        "sponsors": [
            {
                "unit": s.unit.code,
                "name": s.unit.name,
                "lead": s.is_lead,
                "accepted": s.accepted_at is not None,
                "contribution": s.contribution,
            }
            for s in proposal.standing_sponsorships
        ],
        "goals": [goal.code for goal in proposal.goals.all()],
        "causes": [cause.code for cause in proposal.causes.all()],
        "principles_served": [p.number for p in proposal.principles_served.all()],
        "principles_strained": [p.number for p in proposal.principles_strained.all()],
        "schools": [school.code for school in proposal.schools.all()],
        "reach": proposal.reach,
        "grades": proposal.grades,
        "students_served": proposal.students_served,
        "evidence_tier": proposal.evidence_tier,
        "cycle_years": proposal.cycle_years,
        "contact": str(proposal.contact or ""),
        "research_partner": str(proposal.research_partner or ""),
        "cost_lines": [_line_content(line) for line in _lines(proposal)],
        "asks": [
            _ask_content(ask)
            for ask in proposal.asks.select_related("asked_unit").prefetch_related("terms")
            if ask.withdrawn_at is None
        ],
        "demands": [
            [d.school.code, d.month.isoformat(), d.activity, _plain(d.days), d.hours]
            for d in proposal.demands.select_related("school")
        ],
    }


def substance_of(content: dict) -> str:
    """Fingerprint of what a sign-on agrees to: sponsors and contributions, cost lines, terms of
    asks, working-together plan. Wording elsewhere is not substance."""
    substance = [
        [[s["unit"], s["lead"], s["contribution"]] for s in content["sponsors"] if s["accepted"]],
        content["cost_lines"],
        [{k: v for k, v in ask.items() if k != "name"} for ask in content["asks"]],
        content["sections"].get(Section.Kind.WORKING_TOGETHER, ""),
    ]
    return hashlib.sha256(json.dumps(substance, sort_keys=True).encode()).hexdigest()


def _lines(proposal):
    return proposal.cost_lines.select_related(*_LINE_CODES)


def _line_content(line) -> dict:
    codes = {name: getattr(line, name).code if getattr(line, name) else "" for name in _LINE_CODES}
    return {
        "number": line.number,
        "description": line.description,
        **codes,
        "fte": _plain(line.fte),
        "recurring": line.is_recurring,
        "cents": line.years,
        "required_anyway": line.required_anyway,
        "note": line.note,
    }


def _ask_content(ask) -> dict:
    """The terms as sent; an ask that was never sent shows its draft."""
    terms: Terms = ask.current_terms or ask
    return {
        "code": ask.code,
        "unit": ask.asked_unit.code,
        "name": ask.asked_unit.name,
        "sent": ask.current_terms is not None,
        **{name: _plain(value) for name, value in terms.values().items()},
    }


def _plain(value):
    """A JSON value that compares equal whenever the stored value does."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


class ProposalVersion(AppendOnly):
    """A frozen copy that sign-ons, ratings, feedback and decisions point at."""

    class Kind(models.TextChoices):
        SIGN_ON = "sign_on", "Sign-on round"
        SUBMISSION = "submission", "Submission"
        RESUBMISSION = "resubmission", "Resubmission"
        DECISION = "decision", "Decision"
        NAMED = "named", "Named"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(max_length=120, blank=True)
    content = models.JSONField()
    substance = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(frozen_by__isnull=False) | Q(is_imported=True),
                name="version_frozen_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Version {self.number}, {self.get_kind_display().lower()}"


class SignOnQuerySet(AppendOnlyQuerySet):
    def for_substance(self, substance: str):
        """Sign-ons that count while the substance is this one."""
        return self.filter(version__substance=substance)


class SignOn(AppendOnly):
    """A sponsor's recorded agreement to the substance of a version, with what it contributes."""

    sponsorship = models.ForeignKey(Sponsorship, on_delete=models.CASCADE, related_name="sign_ons")
    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="sign_ons")
    contribution = models.TextField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_imported = models.BooleanField(default=False)

    objects = SignOnQuerySet.as_manager()

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["sponsorship", "version"], name="sign_on_once"),
        ]

    def __str__(self):
        return f"{self.sponsorship.unit} signed on to {self.version}"
