"""What is said about the text, and the names of versions."""

from django import forms

from activity.layout import LaidOut

from ..arithmetic.passages import AROUND
from ..models import Section
from ..models.remark import LONGEST_QUOTE, LONGEST_REMARK, LONGEST_WORDING

NAMING = "Write @ and a whole name to call somebody, such as @Ana Ruiz."


class RemarkForm(LaidOut, forms.Form):
    """A comment; with wording it is a suggestion. A script fills in what was marked in the text."""

    section = forms.ChoiceField(label="Section", choices=Section.Kind.choices)
    quote = forms.CharField(
        label="Passage", required=False, max_length=LONGEST_QUOTE, widget=forms.Textarea({"rows": 2}),
        help_text="Words copied from the text. Leave it empty to speak of the whole section.",
    )  # fmt: skip
    text = forms.CharField(
        label="Comment", required=False, max_length=LONGEST_REMARK, widget=forms.Textarea({"rows": 3}),
        help_text=NAMING,
    )  # fmt: skip
    wording = forms.CharField(
        label="Wording that you suggest", required=False, max_length=LONGEST_WORDING,
        widget=forms.Textarea({"rows": 3}),
        help_text="It takes the place of the passage once the sponsors accept it. Optional.",
    )  # fmt: skip
    # A browser posts a line's end as two signs.
    before = forms.CharField(required=False, max_length=2 * AROUND, widget=forms.HiddenInput, strip=False)


class ReplyForm(LaidOut, forms.Form):
    text = forms.CharField(
        label="Reply", max_length=LONGEST_REMARK, widget=forms.Textarea({"rows": 2}), help_text=NAMING
    )


class VersionNameForm(LaidOut, forms.Form):
    label = forms.CharField(
        label="Why you keep it", max_length=120, help_text="Such as “before we cut the third school”."
    )
