"""Cost lines, asks, demands on schools, sponsors and relations."""

from datetime import date

from crispy_forms.layout import Field
from django import forms

from activity.layout import DayInput, LaidOut
from funds.models import AccountCode, FundSource, PositionPrice
from goals.models import Season
from people.models import Unit, User

from ..models import Ask, CostLine, Proposal, ProposalLink, SchoolDemand
from .began import Began


class InviteForm(LaidOut, forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Invite a unit", empty_label="Choose one")

    def __init__(self, *args, proposal: Proposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.exclude(pk__in=proposal.sponsor_unit_ids)


class ContributionForm(LaidOut, forms.Form):
    contribution = forms.CharField(
        label="What your unit brings", max_length=5_000, widget=forms.Textarea({"rows": 3}),
        help_text="People, time, money, rooms, knowledge: one or two sentences.",
    )  # fmt: skip


class CodeField(forms.ModelChoiceField):
    """An account code out of rows that were read before: the form asks once for its three lists."""

    def take(self, rows: list[AccountCode], empty: str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.widget.choices = [("", empty), *((row.pk, str(row)) for row in rows)]

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, AccountCode):
            return value or None
        if str(value) not in self.rows:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.rows[str(value)]

    def validate(self, value):
        forms.Field.validate(self, value)


class CostLineForm(Began, LaidOut, forms.ModelForm):
    rows = (
        "description", ("unit", "fund"), ("position", "fte"), "is_recurring",
        ("year1_cents", "year2_cents", "year3_cents"), ("function", "object", "benefits_object"),
        "required_anyway", "note", "began",
    )  # fmt: skip

    class Meta:
        model = CostLine
        fields = [
            "description", "unit", "fund", "position", "fte", "is_recurring", "year1_cents", "year2_cents",
            "year3_cents", "function", "object", "benefits_object", "required_anyway", "note",
        ]  # fmt: skip
        labels = {
            "description": "What is bought",
            "unit": "Unit that spends",
            "fund": "Paid from",
            "benefits_object": "Object of the benefits",
        }
        help_texts = {
            "position": "For posts: the price list and the FTE make the amounts.",
            "fte": "Such as 0.5 or 2.",
        }
        widgets = {"note": forms.Textarea({"rows": 2})}
        field_classes = dict.fromkeys(("function", "object", "benefits_object"), CodeField)

    def __init__(self, *args, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["fund"].queryset = FundSource.objects.filter(season=season.name)
        fields["position"].queryset = PositionPrice.objects.filter(season=season.name)
        fields["position"].empty_label = "Not a post"
        fields["fund"].empty_label = fields["unit"].empty_label = "Choose one"
        self._choose_accounts(season)
        for name, year in zip(CostLine.YEARS, [*season.years, "", ""], strict=False):
            fields[name].required = False
            fields[name].label = f"{year} in dollars" if year else "Later year"
        fields["year1_cents"].help_text = "Leave the amounts empty for posts."
        fields["year2_cents"].help_text = "Empty: the season's growth, or none if it does not return."
        if not self.instance.pk:
            fields["year2_cents"].initial = fields["year3_cents"].initial = None
            self.initial |= {"year2_cents": None, "year3_cents": None, "is_recurring": True}
        self.remember()

    def _choose_accounts(self, season: Season) -> None:
        """One query for the three lists of account codes."""
        rows = list(AccountCode.objects.filter(season=season.name, kind__in=("function", "object")))
        for name, kind in (("function", "function"), ("object", "object"), ("benefits_object", "object")):
            empty = "None" if name == "benefits_object" else "Choose one"
            self.fields[name].take([row for row in rows if row.kind == kind], empty)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("position") and not cleaned.get("fte"):
            self.add_error("fte", "A position line needs its FTE, such as 0.5 or 2.")
        amount_missing = cleaned.get("year1_cents") is None and "year1_cents" not in self.errors
        if amount_missing and not cleaned.get("position"):
            self.add_error("year1_cents", "Write the amount of the first year, or choose a position.")
        return cleaned

    def clean_fte(self):
        fte = self.cleaned_data["fte"]
        if fte is not None and not 0 < fte <= 9999:
            raise forms.ValidationError("FTE lies above 0 and at most at 9,999.")
        return fte

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""


class AskForm(Began, LaidOut, forms.ModelForm):
    rows = (
        "asked_unit", "what", "needed_by", "effort", ("effort_hours", "effort_per"),
        ("posts_to_fill", "amount_cents"), "if_declined", "began",
    )  # fmt: skip

    class Meta:
        model = Ask
        fields = ["asked_unit", *Ask.FIELDS]
        labels = {
            "asked_unit": "Unit that is asked",
            "what": "What you ask",
            "effort": "Effort in words",
            "effort_hours": "Effort in hours",
            "amount_cents": "Share of the money, in dollars",
            "if_declined": "What happens if the answer is no",
        }
        help_texts = {"effort": "Such as “60 hours a year” or “one policy”."}
        widgets = {
            "what": forms.Textarea({"rows": 3}),
            "if_declined": forms.Textarea({"rows": 2}),
            "needed_by": DayInput,
        }

    def __init__(self, *args, proposal: Proposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["effort_per"].choices = [("", "Not in hours"), *Ask.EffortPer.choices]
        if self.instance.pk:
            del self.fields["asked_unit"]
            self.rows = self.rows[1:]
        else:
            field = self.fields["asked_unit"]
            field.queryset = Unit.objects.exclude(pk__in=proposal.sponsor_unit_ids)
            field.empty_label = "Choose one"
        self.remember()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("effort_hours") and not cleaned.get("effort_per"):
            self.add_error("effort_per", "Say whether the hours are once, a year or a week.")
        return cleaned

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""


class DemandForm(LaidOut, forms.Form):
    rows = (
        "activity", ("hours", "days"), Field("schools", wrapper_class="many"),
        Field("months", wrapper_class="many"), "note",
    )  # fmt: skip
    activity = forms.ChoiceField(choices=SchoolDemand.Activity.choices)
    hours = forms.IntegerField(
        label="Staff hours a month", min_value=0, max_value=100_000,
        help_text="In each school chosen. Zero hours and days take the entry away.",
    )  # fmt: skip
    days = forms.DecimalField(
        label="Days a month", min_value=0, max_value=31, max_digits=4, decimal_places=2, required=False
    )
    schools = forms.ModelMultipleChoiceField(Unit.objects.none(), widget=forms.CheckboxSelectMultiple)
    months = forms.TypedMultipleChoiceField(coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(required=False, max_length=1_000)

    def __init__(self, *args, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = Unit.objects.schools()
        self.fields["months"].choices = [(m.isoformat(), f"{m:%b %Y}") for m in months_of(season)]

    def clean_days(self):
        return self.cleaned_data["days"] or 0


def months_of(season: Season) -> list[date]:
    """The twelve months of the season's fiscal year."""
    start = season.fiscal_year_starts.replace(day=1)
    return [
        date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(12)
    ]


class LinkForm(LaidOut, forms.Form):
    rows = (("kind", "target"), "note")
    kind = forms.ChoiceField(label="This proposal", choices=ProposalLink.Kind.choices)
    target = forms.ModelChoiceField(Proposal.objects.none(), label="Other proposal", empty_label="Choose one")
    note = forms.CharField(required=False, max_length=1_000)

    def __init__(self, *args, proposal: Proposal, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        others = Proposal.objects.visible_to(user).filter(season=proposal.season_id)
        self.fields["target"].queryset = others.exclude(pk=proposal.pk)
