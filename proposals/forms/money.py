"""Cost lines: posts out of the price list, other lines as stated; codes found by plain words."""

from collections.abc import Sequence

from django import forms

from activity.cells import LONGEST
from activity.layout import FormSection, LaidOut
from funds.suggesting import best_matches
from goals.models import Season

from ..actions.costs import FTE_ALONE
from ..models import CostLine
from ..money import Coded, codes_of
from .began import Began


class CodeField(forms.ModelChoiceField):
    """A fund, post or account code out of rows that were read before: the form asks once for its lists."""

    def take(self, rows: list[Coded], empty: str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.empty = empty
        self.widget.choices = [("", empty), *self._choices(self.rows)]

    def offer(self, words: str) -> list[str]:
        """Show first what fits the words; returns what does."""
        best = best_matches(words, {key: row.name for key, row in self.rows.items()})
        if best:
            fit, others = self._choices(best), self._choices(key for key in self.rows if key not in best)
            self.widget.choices = [("", self.empty), ("Fits what you wrote", fit), ("All others", others)]
        return [str(self.rows[key]) for key in best]

    def _choices(self, keys) -> list[tuple[str, str]]:
        return [(key, str(self.rows[key])) for key in keys]

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Coded):
            return value or None
        if str(value) not in self.rows:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.rows[str(value)]

    def validate(self, value):
        forms.Field.validate(self, value)


class CostLineForm(Began, LaidOut, forms.ModelForm):
    rows = (
        "description", ("unit", "fund"),
        FormSection("How much", ("position", "fte"), "is_recurring",
                ("year1_cents", "year2_cents", "year3_cents")),
        FormSection("Account code", "words", ("function", "object", "benefits_object")),
        FormSection("For who checks it", "required_anyway", "note"),
        "began",
    )  # fmt: skip
    words = forms.CharField(
        label="Function and object in plain words", required=False, max_length=200,
        help_text="Such as “bus rides” or “laptops”. What fits comes first in the lists below.",
    )  # fmt: skip

    note = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2}))

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
            "object": "Empty for a post: the one of the price list.",
        }
        field_classes = dict.fromkeys(
            ("fund", "position", "function", "object", "benefits_object"), CodeField
        )

    def __init__(self, *args, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["unit"].empty_label = "Choose one"
        fields["object"].required = False
        self._take_codes(season)
        self._name_years(season)
        if not self.instance.pk:
            self.initial |= dict.fromkeys(CostLine.YEARS[1:])
            self.initial |= {"is_recurring": True, "required_anyway": False}
        self.looks = self.is_bound and "look" in self.data
        if self.looks:
            for field in fields.values():
                field.required = False
        self.remember()

    def _name_years(self, season: Season) -> None:
        """Amounts of the years that the season costs, and of no other."""
        fields, years = self.fields, season.years
        fields["year1_cents"].help_text = "Leave the amounts empty for posts."
        fields["year2_cents"].help_text = (
            "Empty: the season's growth, or none if it does not return. What growth made follows "
            f"{years[0]}; what you state stays."
        )
        for name in CostLine.YEARS[len(years) :]:
            del fields[name]
        for name, year in zip(CostLine.YEARS, years, strict=False):
            fields[name].required = False
            fields[name].label = f"{year} in dollars"

    def _take_codes(self, season: Season) -> None:
        """One query for the lists of funds, posts and account codes."""
        rows = codes_of(season.name)
        for name, kind, empty in (
            ("fund", "fund", "Choose one"), ("position", "position", "Not a post"),
            ("function", "function", "Choose one"), ("object", "object", "Choose one"),
            ("benefits_object", "object", "None"),
        ):  # fmt: skip
            self.fields[name].take(rows[kind], empty)

    def is_to_save(self) -> bool:
        """Everything is there, and the person does not only look at what it would make."""
        return self.is_valid() and not self.looks

    def clean(self):
        cleaned = super().clean()
        position = cleaned.get("position")
        if position and cleaned.get("object") is None and "object" not in self.errors:
            cleaned["object"] = self.fields["object"].rows.get(str(position.salary_object_id))
        if self.looks:
            return cleaned
        if position and not cleaned.get("fte"):
            self.add_error("fte", "A position line needs its FTE, such as 0.5 or 2.")
        if cleaned.get("fte") and not position and "position" not in self.errors:
            self.add_error("fte", FTE_ALONE)
        amount_missing = cleaned.get("year1_cents") is None and "year1_cents" not in self.errors
        if amount_missing and not position:
            self.add_error("year1_cents", "Write the amount of the first year, or choose a position.")
        if cleaned.get("object") is None and "object" not in self.errors:
            self.add_error("object", "Choose the object, such as 610 General supplies.")
        return cleaned

    # What may be meant by the words, by the label of its list.
    fits: Sequence[tuple[str, list[str]]] = ()

    def clean_words(self):
        """What fits comes first in the lists; without words, what is bought says it."""
        words = self.cleaned_data["words"]
        if self.looks:
            said = words or self.data.get("description", "")
            lists = [self.fields[name] for name in ("function", "object")]
            self.fits = [(field.label, fitting) for field in lists if (fitting := field.offer(said))]
        return words

    def clean_fte(self):
        fte = self.cleaned_data["fte"]
        if fte is not None and not 0 < fte <= 9999:
            raise forms.ValidationError("FTE lies above 0 and at most at 9,999.")
        return fte

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""
