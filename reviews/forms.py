"""What people type: answers, conditions, remarks, ratings, delegations."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q
from django.utils.html import format_html

from activity.layout import DayInput, FormSection, LaidOut
from people.models import Unit, User
from proposals.models import Ask, Section

from .models import Criterion, Endorsement, Feedback


def _words(rows: int = 3, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class AnswerForm(LaidOut, forms.Form):
    """The asked unit's answer. What must come with which answer is said by the verb."""

    rows = ("answer", "condition", "reason")

    answer = forms.ChoiceField(
        label="Our answer",
        widget=forms.RadioSelect,
        choices=[
            (Endorsement.Answer.ENDORSED, "Endorse: we will do this"),
            (Endorsement.Answer.CONDITIONAL, "Endorse with a condition: we will, if …"),
            (Endorsement.Answer.DECLINED, "Decline: we can't do this"),
            (Endorsement.Answer.NOT_AFFECTED, "Not affected: this needs nothing from us"),
        ],
    )
    condition = forms.CharField(
        label="Condition",
        required=False,
        widget=_words(2),
        help_text="Only when you endorse with a condition.",
    )
    reason = forms.CharField(
        label="Reason", widget=_words(), help_text="A sentence or two. If you decline: is there another way?"
    )


class RefusalForm(LaidOut, forms.Form):
    reason = forms.CharField(label="Why the sponsors can't meet the condition", widget=_words(2))


class DelegationForm(LaidOut, forms.Form):
    rows = ("unit", "person", ("from_date", "until_date"))

    unit = forms.ModelChoiceField(Unit.objects.none(), empty_label=None, label="For")
    person = forms.ModelChoiceField(User.objects.none(), empty_label="Choose", label="Who answers")
    from_date = forms.DateField(label="From", widget=DayInput)
    until_date = forms.DateField(label="Until", widget=DayInput, help_text="Last day, inclusive.")

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=by.spoken_for_ids).order_by("name")
        self.fields["unit"].queryset = units
        near = Q(unit__in=by.spoken_for_ids) | ~Q(unit__kind=Unit.Kind.SCHOOL)
        people = User.objects.filter(near, is_active=True, unit__isnull=False).exclude(pk=by.pk)
        self.fields["person"].queryset = people.order_by("name")


class FeedbackForm(LaidOut, forms.Form):
    rows = (("kind", "about"), "text")

    kind = forms.ChoiceField(choices=[("", "Choose"), *Feedback.Kind.choices], label="What kind of remark")
    about = forms.ChoiceField(required=False, label="About")
    text = forms.CharField(label="Remark", widget=_words(4))

    def __init__(self, *args, asks: list[Ask], **kwargs):
        super().__init__(*args, **kwargs)
        self.asks = {f"ask:{ask.pk}": ask for ask in asks}
        sections = [(label, label) for label in [*Section.Kind.labels, "Cost"]]
        named = [(key, f"{ask.code} to {ask.asked_unit}") for key, ask in self.asks.items()]
        self.fields["about"].choices = [("", "The whole proposal"), ("Sections", sections), ("Asks", named)]

    @property
    def remark(self) -> dict:
        """The arguments of the verb."""
        about = self.cleaned_data["about"]
        ask = self.asks.get(about)
        section = "" if ask else about
        return {
            "kind": self.cleaned_data["kind"],
            "text": self.cleaned_data["text"],
            "ask": ask,
            "section": section,
        }


class ReplyForm(LaidOut, forms.Form):
    rows = ("answer", "plan_changed")

    answer = forms.CharField(label="Our answer", widget=_words(2))
    plan_changed = forms.TypedChoiceField(
        label="Did the remark change the plan?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes, it shaped the plan"), ("no", "No, the plan stays")],
        coerce=lambda value: value == "yes",
    )


LEFT_OUT = "out"


class RatingForm(forms.Form):
    """One fieldset for each criterion: the question, the anchored scale, a comment."""

    def __init__(
        self, *args, criteria: list[Criterion], given: dict, scale: range, finished: bool = False, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        parts = []
        for criterion in criteria:
            value, comment = f"value_{criterion.pk}", f"comment_{criterion.pk}"
            earlier = given.get(criterion.pk)
            self.fields[value] = forms.TypedChoiceField(
                label=criterion.question,
                required=False,
                choices=[*_anchored(criterion, scale), (LEFT_OUT, "Leave out")],
                coerce=lambda choice: None if choice == LEFT_OUT else int(choice),
                widget=forms.RadioSelect,
                initial=earlier.value if earlier else LEFT_OUT if finished else "",
            )
            self.fields[comment] = forms.CharField(
                label="Comment",
                required=False,
                initial=earlier.comment if earlier else "",
                widget=_words(1, **{"aria-label": f"Comment on {criterion.name}"}),
            )
            label = f"{criterion.name}, {criterion.weight.normalize():f} points"
            parts.append(FormSection(label, value, comment, look="criterion"))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*parts)

    @property
    def ratings(self) -> dict[int, tuple[int | None, str]]:
        """(value, comment) by criterion, for the verb; without those where nothing was chosen yet."""
        data = self.cleaned_data
        said = {c.pk: (data[f"value_{c.pk}"], data[f"comment_{c.pk}"]) for c in self.criteria}
        return {
            key: (None if value == "" else value, comment)
            for key, (value, comment) in said.items()
            if value != "" or comment
        }


def _anchored(criterion: Criterion, scale: range) -> list[tuple[int, str]]:
    return [
        (value, format_html("<b>{}</b> {}", value, criterion.anchors.get(str(value), "")))
        for value in reversed(scale)
    ]


class ReasonForm(LaidOut, forms.Form):
    """One reason or note, with the label that the act needs."""

    reason = forms.CharField(widget=_words(2))

    def __init__(self, *args, label: str = "Reason", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class QueueForm(LaidOut, forms.Form):
    """What the steward does with the chosen proposals."""

    WHO = [("all", "Cabinet members and unit heads"), ("advisory", "Advisory reviewers")]

    act = forms.ChoiceField(choices=[(act, act) for act in ("assign", "return", "clear")])
    who = forms.ChoiceField(choices=WHO, required=False, label="Who reviews")
    due_on = forms.DateField(required=False, widget=DayInput, label="Due on")
    note = forms.CharField(required=False, widget=_words(2), label="What the sponsors should work on")
    sure = forms.BooleanField(required=False, label="Clear although ratings are missing")


class ReviewerForm(LaidOut, forms.Form):
    rows = ("person", "due_on")

    person = forms.ModelChoiceField(User.objects.none(), empty_label="Choose", label="Reviewer")
    due_on = forms.DateField(
        required=False, widget=DayInput, label="Due on", help_text="Empty: the last day of scoring."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(unit__kind=Unit.Kind.SCHOOL)
        self.fields["person"].queryset = people.order_by("name")
