"""A workbook of cost lines, as it is chosen and as it is confirmed."""

from django import forms
from django.core.exceptions import ValidationError

from activity.layout import LaidOut

from ..costbook import MOST_BYTES


class SheetForm(LaidOut, forms.Form):
    workbook = forms.FileField(
        label="The edited workbook",
        help_text="Nothing is changed before you have seen what it would do.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def clean_workbook(self):
        file = self.cleaned_data["workbook"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                f"This file is too large. At most {MOST_BYTES // 1024 // 1024} MB are taken."
            )
        if not file.name.lower().endswith(".xlsx"):
            raise ValidationError("This is no .xlsx workbook. Save it as .xlsx and choose it again.")
        return file
