"""The proposal in other sizes, and its milestones: what by when, by whom."""

import json
from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject

from funds.fields import Cents
from people.models import Unit

from .proposal import Proposal


class Scale(models.Model):
    """What the proposal would be with less money or more. The full size costs what its lines say."""

    class Kind(models.TextChoices):
        SCALED = "scaled", "Scaled"
        FULL = "full", "Full"
        BOLD = "bold", "Bold"

    YEARS = ("year1_cents", "year2_cents", "year3_cents")
    FIELDS = (*YEARS, "effect", "changes")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="scales")
    kind = models.CharField(max_length=6, choices=Kind)
    year1_cents = Cents("first year", default=0)
    year2_cents = Cents("second year", default=0)
    year3_cents = Cents("third year", default=0)
    effect = models.TextField("expected effect")
    changes = models.TextField("what changes against the full size", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="scale_once"),
            models.CheckConstraint(
                condition=Cents.within("year1_cents", "year2_cents", "year3_cents"), name="scale_cents_within"
            ),
            models.CheckConstraint(
                condition=~Q(kind="full") | Q(year1_cents=0, year2_cents=0, year3_cents=0),
                name="scale_full_costs_its_lines",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class ProposalMilestone(models.Model):
    """What is done by when, by which unit."""

    FIELDS = ("what", "due_on", "unit")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(max_length=300)
    due_on = models.DateField("by when")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="by whom")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.what


# Columns of both as they stand in a content, for its one query over many tables.
AS_JSON = {
    "scale": JSONObject(**{name: name for name in ("kind", *Scale.FIELDS)}),
    "milestone": JSONObject(what="what", due_on="due_on", unit="unit__name"),
}


def plan_content(rows: Mapping[str, Mapping[str, str]]) -> dict[str, list[dict]]:
    """`scales` and `milestones` of a content, from the JSON of their rows by key."""
    scales = {row["kind"]: row for row in map(json.loads, rows["scale"].values())}
    milestones = [json.loads(text) for _key, text in sorted(rows["milestone"].items())]
    return {
        "scales": [
            {
                "kind": kind,
                "cents": [scales[kind][name] for name in Scale.YEARS],
                "effect": scales[kind]["effect"],
                "changes": scales[kind]["changes"],
            }
            for kind in Scale.Kind.values
            if kind in scales
        ],
        "milestones": sorted(milestones, key=lambda row: (row["due_on"], row["what"])),
    }
