"""A file to be kept beside a proposal."""

from django import forms
from django.core.exceptions import ValidationError

from activity.layout import LaidOut

from ..models.attachment import LARGEST_ATTACHMENT

MEGABYTE = 1024 * 1024


class AttachmentForm(LaidOut, forms.Form):
    file = forms.FileField(
        label="File",
        help_text=f"PDF, picture or office file without macros, at most {LARGEST_ATTACHMENT // MEGABYTE} MB.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.pptx,.odt,.ods"}
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ATTACHMENT:  # before it is read into memory
            most = LARGEST_ATTACHMENT // MEGABYTE
            raise ValidationError(f"This file is too large: at most {most} MB are taken.")
        return file
