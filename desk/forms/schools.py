"""What schools can give."""

from crispy_forms.layout import Field
from django import forms

from activity.layout import LaidOut
from goals.models.school import MOST_HOURS
from people.choosing import ChoosesSchools
from people.models import Unit


class LimitForm(LaidOut, ChoosesSchools):
    """For the steward all schools, in groups too; for others those for which they speak."""

    hours = forms.IntegerField(
        label="Staff hours a month", min_value=0, max_value=MOST_HOURS, required=False,
        help_text="Beside the school's own work. Left empty, no limit is stated; that is not zero.",
    )  # fmt: skip

    def __init__(self, *args, schools: list[Unit], in_groups: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(schools, in_groups=in_groups)
        if not in_groups:
            del self.fields["groups"]
            self.fields["schools"].label = "School"
        many = ("groups", "schools") if in_groups else ("schools",)
        self.rows = ("hours", *(Field(name, wrapper_class="many") for name in many))
        if len(schools) == 1:
            self.fields["schools"].initial = [str(schools[0].pk)]
