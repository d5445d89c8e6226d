"""Intents, offers, first words, mergers, and a draft made from another one."""

from crispy_forms.layout import Field
from django import forms

from activity.layout import LaidOut
from goals.models import Goal, Problem, Season
from people.models import Unit, User

from ..models import Intent
from ..rules import units_to_start_for
from .began import Began


def own_units(user: User):
    return Unit.objects.filter(pk__in=units_to_start_for(user))


class OwnUnit(forms.ModelChoiceField):
    """One of the units for which the person may start something; their posts are read already."""

    def __init__(self, **kwargs):
        super().__init__(Unit.objects.none(), empty_label=None, **kwargs)

    def offer(self, user: User) -> None:
        self.queryset, may = own_units(user), units_to_start_for(user)
        self.own = {str(post.unit_id): post.unit for post in user.posts_now if post.unit_id in may}

    def to_python(self, value):
        return self.own.get(str(value)) or super().to_python(value)


class _ForUnit(LaidOut, forms.Form):
    """A form in which a person acts for one of the own units; hidden where there is only one."""

    unit = OwnUnit(label="For")

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(user)
        self.fields["unit"].initial = kwargs.get("initial", {}).get("unit") or user.unit_id


class IntentForm(Began, LaidOut, forms.ModelForm):
    rows = (
        "unit", "title", "idea", "problem", "goals", "looking_for", Field("wanted", wrapper_class="many"),
        "began",
    )  # fmt: skip

    class Meta:
        model = Intent
        fields = ["unit", "title", "idea", "problem", "goals", "looking_for", "wanted"]
        labels = {"goals": "Goals it would serve", "wanted": "Units you look for"}
        help_texts = {
            "idea": "A few sentences are enough.",
            "looking_for": "In words: on what you would like to work with others.",
            "wanted": "They find your intent under “Looks for my unit”.",
        }
        widgets = {
            "idea": forms.Textarea({"rows": 5}),
            "looking_for": forms.Textarea({"rows": 3}),
            "goals": forms.CheckboxSelectMultiple,
            "wanted": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, user: User, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        if self.instance.pk:
            del fields["unit"]
            self.rows = self.rows[1:]
        else:
            fields["unit"].queryset = own_units(user)
            fields["unit"].initial = user.unit_id
            fields["unit"].empty_label = None
        fields["problem"].queryset = Problem.objects.filter(season=season)
        fields["problem"].empty_label = "None of these"
        fields["goals"].queryset = Goal.objects.published().filter(season=season)
        fields["wanted"].queryset = Unit.objects.exclude(kind=Unit.Kind.SCHOOL)
        self.remember()

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""


class CloseIntentForm(LaidOut, forms.Form):
    why = forms.CharField(
        label="Why",
        max_length=300,
        help_text="Such as “P-07 grew out of it.” Whoever offered to join reads it.",
    )


class OfferForm(_ForUnit):
    brings = forms.CharField(
        label="What your unit brings", max_length=5_000, widget=forms.Textarea({"rows": 3}),
        help_text="People, time, money, rooms, knowledge: one or two sentences.",
    )  # fmt: skip


class TalkForm(_ForUnit):
    message = forms.CharField(
        max_length=1_000, widget=forms.Textarea({"rows": 4}),
        help_text="Two sentences and how to reach you. Head and deputy get it with their mail of the day.",
    )  # fmt: skip


class WordForm(LaidOut, forms.Form):
    message = forms.CharField(
        max_length=1_000, widget=forms.Textarea({"rows": 4}),
        help_text="What your draft is about, as far as you want to tell, and how to reach you.",
    )  # fmt: skip


class MergeForm(LaidOut, forms.Form):
    MINE, THEIRS = "mine", "theirs"
    keep = forms.ChoiceField(
        label="Which one goes on",
        choices=[(MINE, "Ours: theirs comes in"), (THEIRS, "Theirs: ours goes in")],
        widget=forms.RadioSelect,
        initial=MINE,
    )
    reason = forms.CharField(
        label="Why they belong together", widget=forms.Textarea({"rows": 3}), max_length=2_000
    )

    def __init__(self, *args, may_choose: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_choose:
            del self.fields["keep"]


class CopyForm(_ForUnit):
    title = forms.CharField(max_length=200)
