"""A new proposal, its sections and details, and the steward's late edit."""

from itertools import groupby

from crispy_forms.layout import Field
from django import forms
from django.db.models import CharField, Value

from activity.layout import DayInput, FormSection, LaidOut
from goals.models import Goal, Principle, RootCause, Season
from people.models import Post, Unit, User

from ..actions.meanwhile import digest_of
from ..models import Proposal, Section, Sponsorship
from ..workflow import EDITABLE
from .began import Began
from .partners import OwnUnit

# One line on why it is asked, and an example.
HINTS = {
    "summary": "Most people read only this. “Two coaches in three middle schools, so that …”",
    "need": "Reviewers compare needs and causes. “41 of 100 sixth graders read at grade level.”",
    "strategy": "Aim, drivers, change ideas: why it works here. “Coaches sit in one lesson a week, since …”",
    "working_together": (
        "Sponsors sign it: hand-offs, rhythm, shared money. “We use the Friday meeting of both teams.”"
    ),
    "who_does_what": "Nobody should learn of a duty later. “Student support calls the families by …”",
    "people_and_time": (
        "Hours that nobody has are the usual failure. “Two coaches from August; 4 hours a week of …”"
    ),
    "measurement": "It says whether to go on. “Winter reading screener, by school, read in February.”",
    "premortem": "It is a year later and it failed. Why? “The coaches were used as substitutes.”",
    "earlier_efforts": "So that it does not fail the same way. “The 2019 tutors left when the grant ended.”",
    "equity": "Who gains, who could be harmed, and how you notice. “Late buses reach only …”",
    "communication": "Who hears what, from whom, by when. “Principals tell families before 15 May.”",
    "expected_return": "The measurable result that you promise for the cycle. “50 of 100 by spring 2028.”",
    "sustainability": "Money ends or comes in part. “With half, one school; without any, the pilot stops.”",
}


class StartForm(LaidOut, forms.Form):
    unit = OwnUnit(label="Lead")
    title = forms.CharField(max_length=200, help_text="You can change it later.")

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(user)
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


class Chosen(forms.ModelMultipleChoiceField):
    """Gives the keys of the rows chosen; `known` says which there are."""

    def clean(self, value):
        keys = [str(key) for key in value or ()]
        unknown = [key for key in keys if (self.queryset.model.__name__, key) not in self.known()]
        if unknown:
            raise forms.ValidationError(
                self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": unknown[0]}
            )
        return [int(key) for key in keys]


class ChosenOne(forms.ModelChoiceField):
    """Gives a row that holds its key alone; `known` says which there are."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        model = self.queryset.model
        if (model.__name__, str(value)) not in self.known():
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return model(pk=int(value))


class UnderGoals(forms.models.ModelChoiceIterator):
    """Root causes under their goals, those of the goals that the form has ticked first."""

    def __iter__(self):
        ticked = self.field.ticked_goals
        rows = sorted(self.queryset, key=lambda cause: str(cause.goal_id) not in ticked)
        for goal, group in groupby(rows, key=lambda cause: cause.goal):
            apart = ticked and str(goal.pk) not in ticked
            yield f"{goal}{' (not ticked above)' if apart else ''}", [self.choice(row) for row in group]


class DetailsForm(Began, LaidOut, forms.ModelForm):
    rows = (
        "title",
        FormSection("What it answers", "goals", Field("causes", wrapper_class="many shelved")),
        FormSection("Whom it reaches", Field("schools", wrapper_class="many"), ("reach", "grades"),
                ("students_served", "cycle_years")),
        FormSection("Where you meet", ("meeting", "meeting_minutes")),
        FormSection("How sure we are, and whom to ask", "evidence_tier", ("contact", "research_partner")),
        FormSection("Principles", "principles_served", "principles_strained"),
        "began",
    )  # fmt: skip

    class Meta:
        model = Proposal
        fields = [
            "title", "goals", "causes", "schools", "reach", "grades", "students_served", "cycle_years",
            "meeting", "meeting_minutes", "evidence_tier", "contact", "research_partner",
            "principles_served", "principles_strained",
        ]  # fmt: skip
        labels = {
            "causes": "Root causes it addresses",
            "goals": "Goals it serves",
            "schools": "Schools concerned",
            "cycle_years": "Years until the result is judged",
            "meeting": "Existing meeting or team that you will use",
            "meeting_minutes": "Minutes a month in it",
            "evidence_tier": "Evidence (ESSA tier)",
        }
        help_texts = {
            "reach": "In words, such as “6 middle schools”.",
            "grades": "Such as “K-3”.",
            "meeting": "So that nobody gets one more meeting, such as “the principals' Tuesday meeting”.",
            "meeting_minutes": "As far as you can say now.",
        }
        lists = ("goals", "causes", "schools", "principles_served", "principles_strained")
        widgets = dict.fromkeys(lists, forms.CheckboxSelectMultiple)
        field_classes = dict.fromkeys(lists, Chosen) | dict.fromkeys(
            ("contact", "research_partner"), ChosenOne
        )

    def __init__(self, *args, instance: Proposal, stands: dict, **kwargs):
        # Without the instance: `stands` holds its values already, its lists in one query.
        super().__init__(*args, initial=stands, **kwargs)
        self.instance = instance
        season, fields = self.instance.season, self.fields
        fields["goals"].queryset = Goal.objects.published().filter(season=season)
        causes = RootCause.objects.filter(goal__in=fields["goals"].queryset, status="confirmed")
        fields["causes"].ticked_goals = {str(key) for key in self["goals"].value() or ()}
        fields["causes"].iterator = UnderGoals
        fields["causes"].queryset = causes.select_related("goal").order_by("goal__code", "goal", "code")
        fields["schools"].queryset = Unit.objects.schools()
        for name in ("principles_served", "principles_strained"):
            fields[name].queryset = Principle.objects.filter(season=season)
        fields["contact"].empty_label = fields["research_partner"].empty_label = "Nobody yet"
        sponsors = Sponsorship.objects.standing().filter(proposal=instance.pk).values("unit")
        fields["contact"].queryset = User.objects.filter(is_active=True, unit__in=sponsors)
        fields["research_partner"].queryset = User.objects.filter(
            is_active=True, pk__in=Post.objects.current().filter(role=Post.Role.RESEARCH).values("person")
        )
        for name in fields:
            if hasattr(fields[name], "queryset"):
                fields[name].known = self._known
        self.remember()

    def _known(self) -> set[tuple[str, str]]:
        """(model, key) of every row that may be chosen; one query for all fields."""
        if not hasattr(self, "_keys"):
            parts = [
                field.queryset.order_by().values_list(Value(field.queryset.model.__name__, CharField()), "pk")
                for field in self.fields.values()
                if hasattr(field, "queryset")
            ]
            self._keys = {(kind, str(key)) for kind, key in parts[0].union(*parts[1:])}
        return self._keys

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
