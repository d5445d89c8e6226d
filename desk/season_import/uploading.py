"""A workbook between its upload and the decision to import it: kept under a random name, for one session."""

import secrets
import time
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from activity.layout import LaidOut

KEY = "season_import"
A_DAY = 24 * 3600


class WorkbookForm(LaidOut, forms.Form):
    workbook = forms.FileField(
        label="Season workbook",
        help_text="An .xlsx file with the sheets of a season.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def clean_workbook(self):
        file = self.cleaned_data["workbook"]
        if file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // (1024 * 1024)
            raise ValidationError(f"This file is too large. At most {most} MB are taken.")
        if not file.name.lower().endswith(".xlsx"):
            raise ValidationError("This is no .xlsx workbook. Save it as .xlsx and choose it again.")
        return file


def folder() -> Path:
    place = Path(settings.MEDIA_ROOT) / "imports"
    place.mkdir(parents=True, exist_ok=True)
    return place


def keep(request: HttpRequest, file) -> None:
    """Keep an uploaded workbook for this session; forget older ones."""
    forget(request)
    for old in folder().glob("*.xlsx"):
        if time.time() - old.stat().st_mtime > A_DAY:
            old.unlink(missing_ok=True)
    name = f"{secrets.token_urlsafe(24)}.xlsx"
    with (folder() / name).open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    request.session[KEY] = {"name": name, "label": file.name[:120]}


def kept_for(request: HttpRequest) -> Path | None:
    """The workbook of this session, if it is still there."""
    kept = request.session.get(KEY)
    path = folder() / kept["name"] if kept else None
    return path if path and path.is_file() else None


def label_for(request: HttpRequest) -> str:
    return request.session.get(KEY, {}).get("label", "")


def forget(request: HttpRequest) -> None:
    path = kept_for(request)
    if path:
        path.unlink(missing_ok=True)
    request.session.pop(KEY, None)
