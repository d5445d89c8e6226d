"""Forms of problems, goals, measures, causes and listening notes."""

from crispy_forms.layout import Field
from django import forms

from activity.layout import DayInput, LaidOut

from ..models import Goal, ListeningNote, Measure, Problem, RootCause
from ..reason import WithReason
from .season import areas


class ProblemForm(LaidOut, forms.ModelForm):
    rows = ("title", "description", "evidence", "cost_of_inaction", "needs_stated", "owner")

    class Meta:
        model = Problem
        fields = ("title", "description", "evidence", "cost_of_inaction", "needs_stated", "owner")
        widgets = areas(description=3, evidence=3, cost_of_inaction=2, needs_stated=2)
        labels = {"description": "What is wrong, and for whom", "owner": "Unit that owns it"}
        help_texts = {"evidence": "Numbers about groups only, never about one student."}


class GoalForm(WithReason, forms.ModelForm):
    rows = (
        ("code", "by_date"), "title", "statement", "problem", "owner",
        Field("partners", wrapper_class="many"),
        ("sets_priorities", "controls_actions"), "note",
    )  # fmt: skip

    class Meta:
        model = Goal
        fields = (
            "code", "title", "statement", "problem", "owner", "partners", "sets_priorities",
            "controls_actions", "by_date", "note",
        )  # fmt: skip
        widgets = {
            "by_date": DayInput, "partners": forms.CheckboxSelectMultiple, **areas(statement=3, note=2)
        }  # fmt: skip
        labels = {
            "owner": "Unit that owns it",
            "partners": "Further owning units",
            "sets_priorities": "Who sets priorities",
            "controls_actions": "Who controls actions",
        }
        help_texts = {
            "code": "Such as G1.",
            "statement": "By when, what will change, from how much to how much.",
        }

    def __init__(self, *args, season, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["problem"].queryset = Problem.objects.filter(season=season)
        self.fields["problem"].empty_label = "Choose the problem"


# Interim values that the form offers; a season of three years needs two.
MILESTONES = (1, 2)


class MeasureForm(WithReason, forms.ModelForm):
    rows = (
        ("code", "kind"), "name", ("unit_of_values", "direction"), ("baseline", "baseline_period"),
        ("target_type", "stated", "by_date"), ("on_1", "value_1"), ("on_2", "value_2"),
        "source", ("frequency", "collected_by"), "is_practical", "note",
    )  # fmt: skip

    stated = forms.DecimalField(
        max_digits=14,
        decimal_places=3,
        label="Change or target",
        help_text="Such as −5, or the value itself.",
    )

    class Meta:
        model = Measure
        fields = (
            "code", "kind", "name", "unit_of_values", "direction", "baseline", "baseline_period",
            "target_type", "by_date", "source", "frequency", "collected_by", "is_practical", "note",
        )  # fmt: skip
        widgets = {"by_date": DayInput, **areas(note=2)}
        labels = {
            "name": "What is counted",
            "unit_of_values": "Unit of the values",
            "target_type": "The target is stated as",
            "is_practical": "Practical measure: small, frequent, quick",
        }
        help_texts = {
            "code": "Such as G1a.",
            "unit_of_values": "Such as %, suspensions.",
            "baseline": "Percentages as 41.2, not 0.412.",
            "baseline_period": "When it was measured, such as 2024-25.",
            "source": "Where the numbers come from. A goal without it cannot be published.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A draft may lack these; publishing does not let them pass.
        for name in ("baseline_period", "source", "frequency"):
            self.fields[name].required = False
        for number in MILESTONES:
            self.fields[f"on_{number}"] = forms.DateField(
                required=False, widget=DayInput, label=f"Milestone {number} on"
            )
            self.fields[f"value_{number}"] = forms.DecimalField(
                required=False, max_digits=14, decimal_places=3, label=f"Milestone {number}"
            )

    @property
    def milestones(self) -> list:
        data = self.cleaned_data
        return [(data[f"on_{n}"], data[f"value_{n}"]) for n in MILESTONES if data.get(f"on_{n}")]

    def clean(self):
        data = super().clean()
        for number in MILESTONES:
            on, value = data.get(f"on_{number}"), data.get(f"value_{number}")
            if (on is None) != (value is None):
                missing = f"value_{number}" if value is None else f"on_{number}"
                self.add_error(missing, "A milestone needs both a day and a value.")
        return data


def milestones_of(measure: Measure) -> dict:
    """First values of the milestone fields, and of the stated change."""
    stated = measure.target if measure.stated_change is None else measure.stated_change
    values = {"stated": stated}
    for number, milestone in enumerate(measure.milestones.all()[: len(MILESTONES)], 1):
        values |= {f"on_{number}": milestone.on, f"value_{number}": milestone.value}
    return values


class CauseForm(WithReason, forms.ModelForm):
    rows = ("description", ("category", "status"), "evidence")

    class Meta:
        model = RootCause
        fields = ("description", "category", "status", "evidence")
        widgets = areas(evidence=3)
        labels = {"description": "The cause in a few words"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The categories are their own names.
        self.fields["category"].choices = [(name, name) for name in RootCause.Category.values]


class NoteForm(LaidOut, forms.ModelForm):
    rows = (("on", "place"), ("who_spoke", "people"), "words", "goal")

    class Meta:
        model = ListeningNote
        fields = ("on", "place", "who_spoke", "people", "words", "goal")
        widgets = {"on": DayInput, **areas(words=4)}
        labels = {"on": "When", "people": "How many people", "goal": "Goal it belongs to"}
        help_texts = {"who_spoke": "A group, never a student's name."}

    def __init__(self, *args, season, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = Goal.objects.visible_to(user).filter(season=season)
