"""Shape of input on the slate's pages."""

from decimal import Decimal

from django import forms

from activity.layout import LaidOut
from funds.fields import DollarsInput
from goals.models import Principle
from people.models import User
from people.rules import people_of_finance, slate_builders
from proposals.models import CostLine

from .actions.decisions import Choice, problems_of
from .actions.items import IN_FULL, Keep, base_year, is_posts, problems_with
from .models import Decision, Slate, SlateLine
from .sheet import requested_by

Outcome = Decision.Outcome
NOT_CHOSEN = [("", "Choose …")]


class SlateForm(LaidOut, forms.ModelForm):
    """Name and note of a scenario."""

    class Meta:
        model = Slate
        fields = ["name", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": "Such as “Base” or “If the levy fails”.",
            "note": "What this scenario tries. Only builders of slates read it.",
        }

    def validate_constraints(self):
        """The verb says it in words."""


class BuilderForm(LaidOut, forms.Form):
    """Somebody of Finance who is to build slates."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Person of Finance", empty_label="Choose …",
        help_text="Builds and fills scenarios. Never decides, freezes, approves or releases.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = slate_builders().order_by().values("person")
        self.fields["person"].queryset = people_of_finance().exclude(pk__in=named)


class LineForm(forms.Form):
    """What of one cost line is kept: posts, or dollars of its first paid year."""

    def __init__(self, *args, line: CostLine, kept: SlateLine | None, years: list[str], **kwargs):
        super().__init__(*args, prefix=f"line{line.pk}", **kwargs)
        self.line, self.kept = line, kept
        self.year = years[min(base_year(line), len(years) - 1)]
        name = "fte" if is_posts(line) else "amount_cents"
        label = f"FTE kept of line {line.number}" if is_posts(line) else f"Dollars kept of line {line.number}"
        field = (
            forms.DecimalField(max_digits=6, decimal_places=2, min_value=0)
            if is_posts(line)
            else DollarsInput()
        )
        field.required, field.label = False, label
        field.initial = self._kept_now(name)
        self.fields[name] = field
        self.fields["basis"] = forms.CharField(
            required=False, max_length=300, label=f"What part of line {line.number}",
            initial=kept.basis if kept and kept.basis != IN_FULL else "",
        )  # fmt: skip
        for bound in self.fields.values():
            bound.widget.attrs |= {"class": "form-control form-control-sm", "aria-label": bound.label}

    def _kept_now(self, name: str):
        if self.kept is None:
            return None
        if name == "fte":
            return self.kept.fte
        return (self.kept.year1_cents, self.kept.year2_cents, self.kept.year3_cents)[base_year(self.line)]

    @property
    def amount_field(self):
        return self["fte"] if is_posts(self.line) else self["amount_cents"]

    @property
    def keep(self) -> Keep:
        data = self.cleaned_data
        basis = data.get("basis") or IN_FULL
        return Keep(amount_cents=data.get("amount_cents"), fte=data.get("fte") or Decimal(0), basis=basis)

    def clean(self):
        if not self.errors:
            for field, sentence in problems_with(self.line, self.keep).items():
                self.add_error(field, sentence)
        return self.cleaned_data


class NoteForm(LaidOut, forms.Form):
    note = forms.CharField(
        required=False, label="Note for deciders", widget=forms.Textarea(attrs={"rows": 2})
    )


class PartForm(LaidOut, forms.Form):
    """The same part of every line."""

    part = forms.IntegerField(min_value=1, max_value=1_000_000, label="Keep")
    whole = forms.IntegerField(min_value=2, max_value=1_000_000, label="of")
    basis = forms.CharField(max_length=300, label="In words", help_text="Such as “7 of 11 schools”.")
    rows = (("part", "whole", "basis"),)


class OverrideForm(LaidOut, forms.Form):
    """A reason, for one finding or for several that it holds for."""

    also = forms.MultipleChoiceField(
        required=False, label="The same reason holds for", widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="Why it may pass",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Published with the decisions, in the integrity log.",
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["also"].choices = [(finding.key, finding.sentence) for finding in others]
        self.order_fields(["reason", "also"])
        if not others:
            del self.fields["also"]


class RestForm(LaidOut, forms.Form):
    """One outcome and reason for all that are left."""

    outcome = forms.ChoiceField(
        choices=[*NOT_CHOSEN, *[(o.value, o.label) for o in (Outcome.DEFERRED, Outcome.NOT_FUNDED)]]
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Stands with each of them when it is released."
    )


class DecisionForm(LaidOut, forms.Form):
    """Outcome and reason for one proposal; says at once when they do not fit the slate."""

    outcome = forms.ChoiceField(choices=[*NOT_CHOSEN, *Outcome.choices], required=False)
    reason = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "Reason, published at the release"}),
    )
    override_reason = forms.CharField(
        required=False, label="Why it is funded over the decline", widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, proposal, sheet, **kwargs):
        self.proposal, self.sheet = proposal, sheet
        self.decision = sheet.decisions.get(proposal.pk)
        self.kept, self.requested = sheet.money_on(proposal), requested_by(proposal)
        self.is_on, self.in_part = bool(self.kept.total), sheet.is_in_part(proposal)
        self.declined = sheet.declined(proposal)
        super().__init__(*args, initial=self._stands(), **kwargs)
        if not self.declined or not self.is_on:  # only what is funded goes over a decline
            del self.fields["override_reason"]
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs.setdefault("class", f"{kind} {kind}-sm")
            field.widget.attrs["aria-label"] = f"{field.label or ''} {proposal.code}".strip()

    def _stands(self) -> dict:
        if self.decision is None:
            return {"outcome": self.usual}
        return {name: getattr(self.decision, name) for name in ("outcome", "reason", "override_reason")}

    @property
    def shaped_by(self) -> list[str]:
        return self.sheet.shaped_by.get(self.proposal.pk, [])

    @property
    def usual(self) -> str:
        """What is offered before anybody decided: what the slate says."""
        if not self.is_on:
            return ""
        return Outcome.FUNDED_IN_PART if self.in_part else Outcome.FUNDED

    @property
    def is_empty(self) -> bool:
        """Nothing chosen but what was offered, and nothing written: it stays undecided."""
        data = self.cleaned_data
        written = data.get("reason") or data.get("override_reason")
        return self.decision is None and data.get("outcome") in ("", self.usual) and not written

    def clean(self):
        data = self.cleaned_data
        if not self.errors and not self.is_empty:
            given = data.get("outcome", ""), data.get("reason", ""), data.get("override_reason", "")
            for field, sentence in problems_of(self.sheet, self.proposal, *given).items():
                self.add_error(field if field in self.fields else None, sentence)
        return data

    @property
    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(
            self.proposal.pk, data["outcome"], data["reason"], data.get("override_reason", ""),
            data.get("review_year"), data.get("served"), data.get("strained"),
        )  # fmt: skip


class FullDecisionForm(DecisionForm):
    """With principles and the year of the review."""

    review_year = forms.IntegerField(
        required=False, min_value=2000, max_value=2100, label="Year of the review",
        help_text="When it is judged whether the promised return came.",
    )  # fmt: skip
    is_empty = False  # this page is opened to decide
    served = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label="Principles it serves", widget=forms.CheckboxSelectMultiple
    )
    strained = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label="Principles it strains", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, sheet, **kwargs):
        principles = [(p.number, p) for p in Principle.objects.filter(season=sheet.season)]
        super().__init__(*args, sheet=sheet, **kwargs)
        for name in ("served", "strained"):
            self.fields[name].choices = principles
            self.fields[name].widget.attrs = {}

    def _stands(self) -> dict:
        if self.decision is None:
            return super()._stands()
        return {
            **super()._stands(),
            "review_year": self.decision.review_year,
            "served": self.decision.served,
            "strained": self.decision.strained,
        }


class KeyForm(forms.Form):
    """The fingerprint that was read, and the word that it was read."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label="I have read the items, amounts, decisions and reasons above.",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        error_messages={"required": "Read the list first, then tick this box."},
    )


class PageForm(forms.Form):
    """Carries what is refused on a page of several forms."""
