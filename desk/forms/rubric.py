"""The table of weights, and the wording of one criterion."""

from decimal import Decimal

from django import forms

from goals.models import Season
from goals.reason import WithReason
from reviews.models import Criterion
from reviews.rules.rubric import CriterionLine

# Empty lines for new criteria at the end of the table.
NEW_LINES = 2


class WeightsForm(WithReason, forms.Form):
    """All criteria at once, since their weights add up to 100. An emptied name removes a criterion."""

    def __init__(self, *args, criteria: list[Criterion], **kwargs):
        super().__init__(*args, **kwargs)
        self.keys: list[str] = [str(criterion.pk) for criterion in criteria]
        self.keys += [f"new{number}" for number in range(1, NEW_LINES + 1)]
        first = {str(c.pk): c for c in criteria}
        for key in self.keys:
            criterion = first.get(key)
            self.fields[f"name_{key}"] = forms.CharField(
                required=False, max_length=120, label="Name", initial=criterion.name if criterion else ""
            )
            self.fields[f"weight_{key}"] = forms.DecimalField(
                required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100, label="Weight",
                initial=f"{criterion.weight.normalize():f}" if criterion else None,
            )  # fmt: skip
            self.fields[f"name_{key}"].widget.attrs["class"] = "form-control"
            self.fields[f"weight_{key}"].widget.attrs["class"] = "form-control"
        gate = next((str(c.pk) for c in criteria if c.is_gate), "")
        self.fields["gate"] = forms.ChoiceField(
            choices=[(key, key) for key in self.keys], required=False, initial=gate
        )

    def table(self) -> list[dict]:
        """Lines of the table, each with its bound fields."""
        gate = self["gate"].value()
        return [
            {"key": key, "name": self[f"name_{key}"], "weight": self[f"weight_{key}"], "gate": gate == key}
            for key in self.keys
        ]

    @property
    def reason_field(self):
        return self["reason"]

    @property
    def lines(self) -> list[CriterionLine]:
        data = self.cleaned_data
        return [
            CriterionLine(
                key=None if key.startswith("new") else int(key),
                name=data[f"name_{key}"].strip(),
                weight=data[f"weight_{key}"] or Decimal(0),
                is_gate=data.get("gate") == key,
            )
            for key in self.keys
            if data[f"name_{key}"].strip()
        ]


class CriterionForm(WithReason, forms.Form):
    """Name, question, and what each rating of the season's scale looks like."""

    def __init__(self, *args, criterion: Criterion, season: Season, **kwargs):
        anchors = {f"anchor_{rating}": text for rating, text in criterion.anchors.items()}
        first = {"name": criterion.name, "question": criterion.question, **anchors}
        self.scale = range(season.rating_from, season.rating_to + 1)
        super().__init__(*args, initial=first, **kwargs)
        ours = {
            "name": forms.CharField(max_length=120),
            "question": forms.CharField(
                label="Question to the reviewers", widget=forms.Textarea(attrs={"rows": 2})
            ),
        }
        for rating in self.scale:
            ours[f"anchor_{rating}"] = forms.CharField(
                label=f"What a {rating} looks like", widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields = ours | self.fields  # the reason, if any, comes last

    @property
    def values(self) -> dict:
        data = self.cleaned_data
        anchors = {str(rating): data[f"anchor_{rating}"] for rating in self.scale}
        return {"name": data["name"], "question": data["question"], "anchors": anchors}
