"""Sizes and milestones of a proposal, and the day that the sponsors agree on."""

from django import forms

from activity.layout import DayInput, LaidOut
from goals.models import Season
from people.models import Unit

from ..models import ProposalMilestone, Scale
from .began import Began


class ScaleForm(Began, LaidOut, forms.ModelForm):
    rows = (Scale.YEARS, "effect", "changes", "began")

    class Meta:
        model = Scale
        fields = Scale.FIELDS
        help_texts = {
            "year1_cents": "A year left empty costs nothing.",
            "effect": "With figures: “41 of 100 read at grade level, 50 in spring 2028.”",
            "changes": "What is left out, or what is added: schools, posts, years.",
        }
        widgets = dict.fromkeys(("effect", "changes"), forms.Textarea({"rows": 3}))

    def __init__(self, *args, season: Season, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        for name, year in zip(Scale.YEARS, [*season.years, "", ""], strict=False):
            self.fields[name].label = f"{year} in dollars"
            self.fields[name].required = False
            if kind == Scale.Kind.FULL or not year:
                del self.fields[name]
        if kind == Scale.Kind.FULL:
            del self.fields["changes"]
            self.rows = ("effect", "began")
        self.remember()

    def clean(self):
        """An amount left empty is none."""
        cleaned = super().clean()
        return {name: 0 if value is None else value for name, value in cleaned.items()}

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""


class MilestoneForm(Began, LaidOut, forms.ModelForm):
    rows = ("what", ("due_on", "unit"), "began")

    class Meta:
        model = ProposalMilestone
        fields = ProposalMilestone.FIELDS
        labels = {"what": "What is done"}
        help_texts = {"what": "Something that can be seen: “Both coaches are hired.”"}
        widgets = {"due_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.all()
        self.fields["unit"].empty_label = "Choose one"
        self.remember()

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""


class AgreedDayForm(LaidOut, forms.Form):
    day = forms.DateField(
        label="Last day of changes", widget=DayInput,
        help_text="Afterwards text, costs and sponsors change only when a sponsor's head reopens.",
    )  # fmt: skip
