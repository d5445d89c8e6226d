"""Intents, a new proposal, its sections and details, and the steward's late edit."""

from crispy_forms.layout import Field
from django import forms

from activity.layout import DayInput, LaidOut
from goals.models import Goal, Principle, Problem, RootCause, Season
from people.models import Post, Unit, User

from ..actions.meanwhile import digest_of
from ..models import Intent, Proposal, Section
from ..rules import units_to_start_for
from ..workflow import EDITABLE
from .began import Began

HINTS = {
    "summary": "The proposal in one paragraph. It is what most people will read.",
    "need": "Who is affected, where, and what local figures say.",
    "strategy": "What will be done, and why it should work here.",
    "working_together": "Roles, hand-offs, rhythm, shared money. It is part of what sponsors sign.",
    "who_does_what": "Duties by unit.",
    "premortem": "It is a year later and it failed. Why?",
    "equity": "Who benefits, who could be harmed, and how you will notice.",
    "communication": "Who hears what, from whom, by when.",
    "expected_return": "The measurable result that you promise for the cycle.",
}


def _own_units(user: User):
    return Unit.objects.filter(pk__in=units_to_start_for(user))


class IntentForm(LaidOut, forms.ModelForm):
    class Meta:
        model = Intent
        fields = ["unit", "title", "problem", "idea", "looking_for"]
        help_texts = {
            "idea": "A few sentences are enough.",
            "looking_for": "Which units you would like to work with, and on what.",
        }
        widgets = {"idea": forms.Textarea({"rows": 5}), "looking_for": forms.Textarea({"rows": 3})}

    def __init__(self, *args, user: User, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _own_units(user)
        self.fields["unit"].initial = user.unit_id
        self.fields["unit"].empty_label = None
        self.fields["problem"].queryset = Problem.objects.filter(season=season)
        self.fields["problem"].empty_label = "None of these"


class StartForm(LaidOut, forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Lead", empty_label=None)
    title = forms.CharField(max_length=200, help_text="You can change it later.")

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _own_units(user)
        self.fields["unit"].initial = kwargs.get("initial", {}).get("unit") or user.unit_id


class SectionsForm(Began, LaidOut, forms.Form):
    """All sections at once: nothing that was typed in another section is lost by saving one."""

    mark = staticmethod(digest_of)

    def __init__(self, *args, sections: dict[str, str] | None = None, **kwargs):
        super().__init__(*args, initial=sections or {}, **kwargs)
        for kind, label in Section.Kind.choices:
            rows = {"rows": 6 if kind in ("summary", "need", "strategy", "working_together") else 4}
            self.fields[kind] = forms.CharField(
                label=label, required=False, max_length=40_000, help_text=HINTS[kind],
                widget=forms.Textarea(rows),
            )  # fmt: skip
        self.remember()


class DetailsForm(Began, LaidOut, forms.ModelForm):
    rows = (
        "title", "goals", Field("causes", wrapper_class="many"), Field("schools", wrapper_class="many"),
        ("reach", "grades"), ("students_served", "cycle_years"),
        "evidence_tier", ("contact", "research_partner"), "principles_served", "principles_strained",
        "began",
    )  # fmt: skip

    class Meta:
        model = Proposal
        fields = [
            "title", "goals", "causes", "schools", "reach", "grades", "students_served", "cycle_years",
            "evidence_tier", "contact", "research_partner", "principles_served", "principles_strained",
        ]  # fmt: skip
        labels = {
            "causes": "Root causes it addresses",
            "goals": "Goals it serves",
            "schools": "Schools concerned",
            "cycle_years": "Years until the result is judged",
            "evidence_tier": "Evidence (ESSA tier)",
        }
        help_texts = {"reach": "In words, such as “6 middle schools”.", "grades": "Such as “K-3”."}
        widgets = dict.fromkeys(
            ("goals", "causes", "schools", "principles_served", "principles_strained"),
            forms.CheckboxSelectMultiple,
        )

    def __init__(self, *args, stands: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = stands
        season, fields = self.instance.season, self.fields
        fields["goals"].queryset = Goal.objects.published().filter(season=season)
        fields["causes"].queryset = RootCause.objects.filter(goal__season=season, status="confirmed")
        fields["schools"].queryset = Unit.objects.schools()
        for name in ("principles_served", "principles_strained"):
            fields[name].queryset = Principle.objects.filter(season=season)
        fields["contact"].empty_label = fields["research_partner"].empty_label = "Nobody yet"
        sponsors = self.instance.sponsor_unit_ids
        fields["contact"].queryset = User.objects.filter(is_active=True, unit__in=sponsors)
        fields["research_partner"].queryset = User.objects.filter(
            is_active=True, pk__in=Post.objects.current().filter(role=Post.Role.RESEARCH).values("person")
        )
        self.remember()

    def _post_clean(self):
        """The verb writes; the instance stays as it was read."""


class WithdrawForm(LaidOut, forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea({"rows": 3}), help_text="The other sponsors and the reviewers read it."
    )


class LateForm(LaidOut, forms.Form):
    proposal = forms.ModelChoiceField(Proposal.objects.none(), empty_label="Choose one")
    until = forms.DateField(label="Open until", widget=DayInput, help_text="Last day, inclusive.")
    reason = forms.CharField(
        widget=forms.Textarea({"rows": 3}), help_text="Everybody can read it in the integrity log."
    )

    def __init__(self, *args, season: Season, **kwargs):
        super().__init__(*args, **kwargs)
        # Drafts are private: the steward sees the number and the status, not the title.
        field = self.fields["proposal"]
        field.queryset = season.proposals.filter(status__in=EDITABLE)
        field.label_from_instance = lambda p: f"{p.code}, {p.get_status_display().lower()}"
