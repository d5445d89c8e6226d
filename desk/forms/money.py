"""What people type about funds, account codes, prices and rates."""

from decimal import Decimal

from django import forms

from activity.layout import DayInput, LaidOut
from funds.fields import DollarsInput
from funds.models import AccountCode, CostAssumption, FundSource, PositionPrice

Role = CostAssumption.Role


class FundForm(LaidOut, forms.ModelForm):
    """A fund source with an amount for each year of the season."""

    class Meta:
        model = FundSource
        fields = (
            "code", "name", "fund_type", "pays_for", "restriction", "rule", "rule_owner",
            "allowed_functions", "allowed_objects", "title_i_only", "supplement_only", "ends_on",
        )  # fmt: skip
        widgets = {"rule": forms.Textarea(attrs={"rows": 3}), "ends_on": DayInput}
        help_texts = {
            "code": "Such as GF.",
            "fund_type": "Such as 1 General.",
            "rule": "What the money may pay and what not, in plain words.",
            "rule_owner": "Agrees to the use of a restricted fund.",
        }

    def __init__(self, *args, years: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        there = {}
        if self.instance.pk:
            there = {row.year: row.available_cents for row in self.instance.envelopes.all()}
        for year in years:
            self.fields[f"available_{year}"] = DollarsInput(
                required=False, label=f"Available {year}", initial=there.get(year)
            )
        self.years = years
        if self.instance.pk:
            self.fields["reason"] = forms.CharField(
                required=False, label="Why the amount changes", max_length=1_000,
                help_text="Needed when an amount that stands is changed. Everybody can read it.",
            )  # fmt: skip
        self.rows = (
            ("code", "name"), tuple(f"available_{year}" for year in years), "reason",
            ("fund_type", "pays_for"),
            ("restriction", "rule_owner"), "rule", ("allowed_functions", "allowed_objects"),
            "title_i_only", "supplement_only", "ends_on",
        )  # fmt: skip

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("reason", "")

    @property
    def envelopes(self) -> dict[str, int | None]:
        return {year: self.cleaned_data[f"available_{year}"] for year in self.years}


class PasteCodesForm(LaidOut, forms.Form):
    kind = forms.ChoiceField(choices=AccountCode.Kind.choices)
    text = forms.CharField(
        label="Codes",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Copy two columns from a spreadsheet: the code and its name, one a line.",
    )


class PositionForm(LaidOut, forms.ModelForm):
    rows = (("code", "name"), ("salary_cents", "salary_object"), "note")

    class Meta:
        model = PositionPrice
        fields = ("code", "name", "salary_cents", "salary_object", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        labels = {"salary_cents": "Base salary", "salary_object": "Salary object"}
        help_texts = {
            "code": "Such as COACH.",
            "salary_cents": "Of one full-time post in the first year. Benefits follow from the rates.",
        }

    def __init__(self, *args, season: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["salary_object"].queryset = AccountCode.objects.filter(
            season=season, kind=AccountCode.Kind.OBJECT
        )


class RatesForm(LaidOut, forms.Form):
    """Rates in percent, as people say them; kept as fractions."""

    rows = (("variable_benefits", "health"), ("salary_growth", "health_growth", "other_growth"))

    variable_benefits = forms.DecimalField(
        label="Benefits that follow the salary, %", max_digits=8, decimal_places=4,
        help_text="Social security, retirement and the like together, such as 22.65.",
    )  # fmt: skip
    health = DollarsInput(label="Health for each full-time post, $")
    salary_growth = forms.DecimalField(label="Salaries grow a year, %", max_digits=8, decimal_places=4)
    health_growth = forms.DecimalField(label="Health grows a year, %", max_digits=8, decimal_places=4)
    other_growth = forms.DecimalField(
        label="Other recurring cost grows a year, %", max_digits=8, decimal_places=4
    )

    @staticmethod
    def first_values(rates: dict[str, Decimal]) -> dict:
        shown = {role: (value * 100).normalize() for role, value in rates.items() if role != Role.HEALTH}
        shown = {role: f"{value:f}" for role, value in shown.items()}
        if Role.HEALTH in rates:
            shown[Role.HEALTH] = int(rates[Role.HEALTH] * 100)
        return shown

    @property
    def rates(self) -> dict[str, Decimal]:
        """Fractions, and the dollars of health."""
        return {role: Decimal(value) / 100 for role, value in self.cleaned_data.items()}
