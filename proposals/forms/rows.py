"""Asks, demands on schools, sponsors and relations."""

from datetime import date

from crispy_forms.layout import Field
from django import forms

from activity.layout import DayInput, LaidOut
from goals.models import Season
from people.choosing import ChoosesSchools
from people.models import Unit, User

from ..models import Ask, Proposal, ProposalLink, SchoolDemand
from ..rules import title_read
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

    def hold_fast(self) -> None:
        """While others read the proposal, these words are signed as they stand."""
        field = self.fields["contribution"]
        field.widget.attrs["readonly"] = bool(self["contribution"].value())
        field.help_text = "As it was submitted."


class OwnContributionForm(Began, ContributionForm):
    """The same, where a colleague of the unit may write it at the same time."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember()


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


class DemandForm(LaidOut, ChoosesSchools):
    rows = (
        "activity", ("hours", "days"), Field("groups", wrapper_class="many"),
        Field("schools", wrapper_class="many"),
        Field("months", wrapper_class="many"), "note", "clears_note",
    )  # fmt: skip
    activity = forms.ChoiceField(choices=SchoolDemand.Activity.choices)
    hours = forms.IntegerField(
        label="Staff hours a month", min_value=0, max_value=100_000,
        help_text="In each school chosen. Zero hours and days take the entry away.",
    )  # fmt: skip
    days = forms.DecimalField(
        label="Days a month", min_value=0, max_value=31, max_digits=4, decimal_places=2, required=False
    )
    months = forms.TypedMultipleChoiceField(coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        required=False, max_length=1_000, help_text="Left empty, a note that stands already stays."
    )
    clears_note = forms.BooleanField(label="Take away the note that stands", required=False)

    def __init__(self, *args, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(list(Unit.objects.schools().select_related("parent")))
        self.fields["months"].choices = [(m.isoformat(), f"{m:%b %Y}") for m in months_of(season)]

    @property
    def values(self) -> dict:
        """What the verb takes."""
        values = {name: self.cleaned_data[name] for name in ("activity", "hours", "days", "months")}
        if self.cleaned_data["note"] or self.cleaned_data["clears_note"]:
            values["note"] = self.cleaned_data["note"]
        return values | {"schools": self.chosen_schools}

    @property
    def typed(self) -> list[tuple[str, str]]:
        """To be copied where it cannot be saved any more."""
        return [
            (self[name].label, self.data[name]) for name in ("hours", "days", "note") if self.data.get(name)
        ]

    def clean_days(self):
        return self.cleaned_data["days"] or 0

    def clean_clears_note(self):
        clears = self.cleaned_data["clears_note"]
        if clears and self.cleaned_data.get("note"):
            raise forms.ValidationError("Write a note, or take it away: not both.")
        return clears


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
        others = others.annotate(read_title=title_read(units=user.unit_ids))
        target = self.fields["target"]
        target.queryset = others.exclude(pk=proposal.pk)
        target.label_from_instance = lambda other: f"{other.code} {other.read_title}"
