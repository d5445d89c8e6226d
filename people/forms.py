"""What people type about the district, units, people and posts."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password

from activity.layout import DayInput, LaidOut

from .models import District, Post, Unit, User

US_ZONES = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
]

# Whom the CFO names to build slates is not the administrator's to give.
GIVEN = [choice for choice in Post.Role.choices if choice[0] != Post.Role.SLATE_BUILDER]


def zone_choices() -> list:
    """The zones of the United States first, then all others."""
    named = {zone for zone, _ in US_ZONES}
    others = sorted(zone for zone in available_timezones() if "/" in zone and zone not in named)
    return [("United States", US_ZONES), ("Elsewhere", [(zone, zone) for zone in others])]


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(choices=zone_choices, **kwargs)


class DistrictForm(LaidOut, forms.ModelForm):
    time_zone = ZoneField(help_text="Deadlines end at midnight in this zone.")

    class Meta:
        model = District
        fields = ("name", "short_name", "time_zone", "suppression_size")
        help_texts = {"short_name": "As it stands in headings, such as Larkmoor."}


class UnitForm(LaidOut, forms.ModelForm):
    rows = (
        ("code", "name"), ("kind", "parent"), "cabinet_member",
        ("level", "grades"), ("enrollment", "site_number"), "is_title_i",
    )  # fmt: skip

    class Meta:
        model = Unit
        fields = (
            "code", "name", "kind", "parent", "cabinet_member", "level", "grades",
            "enrollment", "site_number", "is_title_i",
        )  # fmt: skip
        labels = {"parent": "Unit above"}
        help_texts = {
            "code": "Short, such as SSS. It stands in tables.",
            "cabinet_member": "Answers for this unit in the cabinet.",
            "level": "Schools only.",
            "enrollment": "Schools only.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.exclude(pk=self.instance.pk).order_by("name")
        self.fields["cabinet_member"].queryset = User.objects.filter(is_active=True)


class SpeakersForm(LaidOut, forms.Form):
    rows = (("head", "deputy"),)

    head = forms.ModelChoiceField(User.objects.filter(is_active=True), required=False)
    deputy = forms.ModelChoiceField(
        User.objects.filter(is_active=True), required=False, help_text="May act for the head."
    )


class PersonForm(LaidOut, forms.ModelForm):
    rows = (("name", "email"), ("title", "unit"), "note")

    class Meta:
        model = User
        fields = ("name", "email", "title", "unit", "note")
        labels = {"email": "E-mail", "title": "Job title", "unit": "Home unit"}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


class NewPersonForm(PersonForm):
    rows = (("name", "email"), ("title", "unit"), "role", "invite")

    role = forms.ChoiceField(
        choices=[("", "No role yet"), *GIVEN],
        required=False,
        label="First role in the home unit",
        help_text="More roles, also in other units, on the person's page.",
    )
    invite = forms.BooleanField(required=False, initial=True, label="Send an invitation now")

    class Meta(PersonForm.Meta):
        fields = ("name", "email", "title", "unit")

    def clean(self):
        if self.cleaned_data.get("role") and not self.cleaned_data.get("unit"):
            self.add_error("unit", "A role is held in a unit. Choose the home unit.")
        return self.cleaned_data


class OwnPageForm(LaidOut, forms.ModelForm):
    rows = (("name", "title"),)

    class Meta:
        model = User
        fields = ("name", "title")
        labels = {"title": "Job title"}


class PostForm(LaidOut, forms.Form):
    rows = (("role", "unit"), ("from_date", "until_date"))

    role = forms.ChoiceField(choices=GIVEN)
    unit = forms.ModelChoiceField(Unit.objects.order_by("name"))
    from_date = forms.DateField(required=False, label="From", widget=DayInput, help_text="Empty: at once.")
    until_date = forms.DateField(
        required=False, label="Until", widget=DayInput, help_text="Last day. Empty: no end."
    )


class WelcomeForm(LaidOut, forms.Form):
    name = forms.CharField(
        max_length=200, label="Your name", widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mail",
        help_text="You sign in with it.",
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 8 characters; a few unrelated words are good.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        data = self.cleaned_data
        if password := data.get("password"):
            person = User(name=data.get("name", ""), email=data.get("email", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class FirstWelcomeForm(WelcomeForm):
    """The first administrator names the district too."""

    district_name = forms.CharField(
        max_length=200, label="Name of the district", help_text="Such as Larkmoor Public Schools."
    )
    district_short_name = forms.CharField(max_length=80, label="Short name", help_text="Such as Larkmoor.")
    district_time_zone = ZoneField(
        label="Time zone", initial="America/Chicago", help_text="Deadlines end at midnight there."
    )
