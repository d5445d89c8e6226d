"""Shape of input on the pages of investments."""

from django import forms

from activity import clock
from activity.layout import DayInput, LaidOut
from goals.models import Measure

from .models import Commitment, Investment, Update
from .workflow import CLOSED, CommitmentStatus, State


class CommitmentForm(LaidOut, forms.ModelForm):
    class Meta:
        model = Commitment
        fields = ["status", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "status": forms.RadioSelect}
        help_texts = {"note": "Needed when it is late or released: say why and what comes instead."}

    def __init__(self, *args, statuses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(s, CommitmentStatus(s).label) for s in statuses]


class UpdateForm(LaidOut, forms.ModelForm):
    class Meta:
        model = Update
        fields = ["state", "line", "evidence", "next_step", "is_small_win"]
        widgets = {
            "evidence": forms.Textarea(attrs={"rows": 3}),
            "next_step": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"is_small_win": "A small win worth telling"}
        help_texts = {"line": "How it stands, in one sentence.", "evidence": "Numbers, visits, words heard."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ended = (*CLOSED, State.NOT_STARTED)
        self.fields["state"].choices = [(s.value, s.label) for s in State if s not in ended]


class ObservationForm(LaidOut, forms.Form):
    measure = forms.ModelChoiceField(Measure.objects.none(), empty_label="Choose …")
    on = forms.DateField(label="Day it stands for", widget=DayInput)
    value = forms.DecimalField(max_digits=14, decimal_places=3, help_text="Percentages as 41.2.")
    group = forms.CharField(
        max_length=80, initial="All", help_text="A student group as reported, or All. Never one student."
    )
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    rows = ("measure", ("on", "value", "group"), "note")

    def __init__(self, *args, investment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = Measure.objects.filter(
            pk__in=investment.measures.values("measure_id")
        )
        self.fields["on"].initial = clock.today()


class ReviewForm(LaidOut, forms.Form):
    choice = forms.ChoiceField(choices=Investment.ReviewChoice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), help_text="Everybody can read it.")
    next_review_on = forms.DateField(required=False, widget=DayInput, label="Next review")
    ends_on = forms.DateField(
        required=False, widget=DayInput, label="Renewed until",
        help_text="Leave empty to let it end as planned.",
    )  # fmt: skip
    rows = ("choice", "reason", ("next_review_on", "ends_on"))
