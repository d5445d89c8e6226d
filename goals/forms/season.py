"""Forms of the season's rules. Once drafting opened, each asks for a reason."""

from django import forms

from activity.layout import DayInput, LaidOut

from ..models import Agreement, DecisionRight, Principle, Season, Stage
from ..reason import WithReason


def areas(**rows: int) -> dict:
    return {name: forms.Textarea(attrs={"rows": number}) for name, number in rows.items()}


class NewSeasonForm(LaidOut, forms.ModelForm):
    rows = ("name", ("fiscal_year_starts", "fiscal_year_ends"))

    class Meta:
        model = Season
        fields = ("name", "fiscal_year_starts", "fiscal_year_ends")
        widgets = {"fiscal_year_starts": DayInput, "fiscal_year_ends": DayInput}
        help_texts = {"name": "By the year in which it ends, such as FY28."}


DAYS = (
    "fiscal_year_starts", "fiscal_year_ends", "submission_due_on", "answers_due_on",
    "revision_due_on", "decision_meeting_on", "decisions_published_on",
)  # fmt: skip


class SeasonForm(WithReason, forms.ModelForm):
    rows = (
        "name", ("fiscal_year_starts", "fiscal_year_ends"), ("years_costed", "rating_from", "rating_to"),
        ("joint_points", "joint_threshold"), "joint_needs_answers", "heads_rate", "needs_concurrence",
        ("submission_due_on", "answers_due_on"), ("revision_due_on", "decision_meeting_on"),
        "decisions_published_on",
    )  # fmt: skip

    class Meta:
        model = Season
        fields = (
            "name", "fiscal_year_starts", "fiscal_year_ends", "years_costed", "rating_from", "rating_to",
            "joint_points", "joint_threshold", "joint_needs_answers", "heads_rate", "needs_concurrence",
            "submission_due_on", "answers_due_on", "revision_due_on", "decision_meeting_on",
            "decisions_published_on",
        )  # fmt: skip
        widgets = dict.fromkeys(DAYS, DayInput)
        labels = {
            "years_costed": "Years of cost",
            "rating_from": "Lowest rating",
            "rating_to": "Highest rating",
            "joint_points": "Points for joint proposals",
            "joint_threshold": "Needed rating of the working-together criterion",
            "joint_needs_answers": "Points only when every ask is answered",
            "heads_rate": "Heads of units rate too",
            "needs_concurrence": "The superintendent must concur with the slate",
        }
        help_texts = {"name": "", "years_costed": "One to three."}

    def clean_years_costed(self):
        years = self.cleaned_data["years_costed"]
        if not 1 <= years <= 3:
            raise forms.ValidationError("Costs are written for one, two or three years.")
        return years


class StageForm(WithReason, forms.ModelForm):
    rows = (("name", "kind"), ("opens", "closes"), "who_acts", "note")

    class Meta:
        model = Stage
        fields = ("name", "kind", "opens", "closes", "who_acts", "note")
        widgets = {"opens": DayInput, "closes": DayInput, **areas(note=2)}
        help_texts = {"kind": "What may be done in it.", "closes": "Last day."}

    def clean(self):
        opens, closes = self.cleaned_data.get("opens"), self.cleaned_data.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", "The stage closes before it opens.")
        return self.cleaned_data


class PrincipleForm(WithReason, forms.ModelForm):
    rows = ("text", "meaning", "adopted_on")

    class Meta:
        model = Principle
        fields = ("text", "meaning", "adopted_on")
        labels = {"text": "Principle", "meaning": "What it means"}
        widgets = {"adopted_on": DayInput, **areas(meaning=3)}
        help_texts = {"text": "In a few words, such as: Protect time in schools."}


class DecisionRightForm(WithReason, forms.ModelForm):
    rows = ("decision_type", ("recommend", "input"), ("agree", "decide"), ("perform", "adopt"), "note")

    class Meta:
        model = DecisionRight
        fields = ("decision_type", "recommend", "input", "agree", "decide", "perform", "adopt", "note")
        labels = {
            "decision_type": "What is decided",
            "recommend": "Who recommends",
            "input": "Who is heard",
            "agree": "Who must agree",
            "decide": "Who decides",
            "perform": "Who carries it out",
            "adopt": "Who adopts formally",
        }
        widgets = areas(note=2)


class AgreementForm(WithReason, forms.ModelForm):
    class Meta:
        model = Agreement
        fields = ("text",)
        labels = {"text": "How we work together this season"}
        widgets = areas(text=8)
        help_texts = {"text": "One sentence a line reads best."}


class ReasonForm(WithReason, forms.Form):
    """Only the reason, where one is needed: for removing a part of the rules."""
