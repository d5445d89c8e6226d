"""How forms are laid out: one crispy layout inside our own form element, and a day as the browser asks it."""

import re
from functools import cached_property
from itertools import groupby

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, LayoutObject, Row
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.template.loader import render_to_string

from .keys import LONGEST

# What the smallest of our databases keeps in a column of this kind.
MOST = {
    "PositiveSmallIntegerField": 32_767,
    "SmallIntegerField": 32_767,
    "PositiveIntegerField": 2_147_483_647,
    "IntegerField": 2_147_483_647,
}

AS_PASTED = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)\s*(?:h|hrs?|hours?|days?|students?)?\.?",
    re.IGNORECASE,
)

PLAIN = {
    "required": "Please fill this in.",
    "invalid_choice": "Choose one from the list; it may have changed while you were writing.",
    "invalid_pk_value": "Choose from the list; it may have changed while you were writing.",
}


class OnShelves(forms.models.ModelChoiceIterator):
    """Rows under the heading of their `shelf`, (place, heading), by name; many units are found this way."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows = sorted(self.queryset, key=lambda row: (row.shelf, str(row).lower()))
        for (_, heading), group in groupby(rows, key=lambda row: row.shelf):
            yield heading, [self.choice(row) for row in group]


class LaidOut:
    """Mixin of a form: `rows` are field names, tuples of names that stand side by side, or FormSections.

    Numbers keep the bounds of their columns, also where a form leaves the model's checks to its verb.
    """

    rows: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        meta = getattr(getattr(self, "_meta", None), "model", None)
        columns = {column.name: column for column in meta._meta.concrete_fields} if meta else {}
        for name, field in self.fields.items():
            _plain_words(field)
            if isinstance(field, forms.IntegerField):
                _bound(field, columns.get(name))
            if type(field) is forms.IntegerField:
                _as_pasted(field)
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset.model, "shelf"):
                field.iterator = OnShelves
                field.widget.choices = field.choices
            if isinstance(field, forms.ModelMultipleChoiceField):
                _short_keys(field.widget)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # our own form element carries the token
        helper.layout = Layout(*_laid_out(self.rows or tuple(self.fields), self.fields))
        return helper


def _plain_words(field: forms.Field) -> None:
    """Our own sentences where a form has none; what a form says itself stays."""
    usual = {}
    for kind in reversed(type(field).__mro__):
        usual |= getattr(kind, "default_error_messages", {})
    for code, words in field.error_messages.items():
        if code in PLAIN and words == usual.get(code):
            field.error_messages[code] = PLAIN[code]
    if isinstance(field, forms.DateField) and "invalid" in usual:
        field.error_messages["invalid"] = "Write a day such as 2026-03-31."
    elif isinstance(field, forms.IntegerField) and field.error_messages.get("invalid") == usual["invalid"]:
        field.error_messages["invalid"] = "Write a whole number, such as 60 or 1,200."


def _short_keys(widget: forms.Widget) -> None:
    """A key longer than any database keeps names no row, so it is left out like one that is gone."""
    read = widget.value_from_datadict

    def keys(data, files, name):
        value = read(data, files, name)
        return [key if len(str(key)) <= LONGEST else "0" for key in value] if value else value

    setattr(widget, "value_from_datadict", keys)  # noqa: B010


def _bound(field: forms.IntegerField, column: models.Field | None) -> None:
    """Ask on the page for what the column keeps; DecimalField is an IntegerField too."""
    known = [*field.validators, *(column.validators if column else ())]
    least = [v.limit_value for v in known if isinstance(v, MinValueValidator)]
    most = [v.limit_value for v in known if isinstance(v, MaxValueValidator)]
    kept = MOST.get(column.get_internal_type() if column else "IntegerField")
    if kept is not None and type(field) is forms.IntegerField:
        least.append(-kept - 1)
        most.append(kept)
    bounds = MinValueValidator, MaxValueValidator
    field.validators = [v for v in field.validators if not isinstance(v, bounds)]
    if least:
        field.validators.append(MinValueValidator(max(least), f"Write {max(least):,} or more."))
        field.widget.attrs["min"] = max(least)
    if most:
        field.validators.append(MaxValueValidator(min(most), f"Write {min(most):,} or less."))
        field.widget.attrs["max"] = min(most)


def digits_of(text: str) -> str:
    """“1,200”, “1 200” and “60 hours” as digits; what is not surely a whole number stays as it is."""
    found = AS_PASTED.fullmatch(text.strip())
    return re.sub(r"\D", "", found[1]) if found else text


def _as_pasted(field: forms.IntegerField) -> None:
    """Whole numbers as they stand in a spreadsheet; a number input would drop their commas unsaid."""
    number = field.to_python
    read = lambda value: number(digits_of(value) if isinstance(value, str) else value)  # noqa: E731
    setattr(field, "to_python", read)  # noqa: B010
    if isinstance(field.widget, forms.NumberInput):
        field.widget.input_type = "text"
        field.widget.attrs |= {"inputmode": "numeric", "maxlength": "20"}


def _laid_out(rows, fields) -> list:
    """Rows as crispy shows them, without the fields that this form does not have."""
    found = []
    for row in rows:
        if isinstance(row, tuple):
            columns = [Column(name, css_class="col-sm") for name in row if name in fields]
            found += [Row(*columns)] if columns else []
        elif not isinstance(row, str) or row in fields:
            found.append(row)
    return found


class FormSection(LayoutObject):
    """Rows of a long form under a heading; crispy's own would read the heading as a template."""

    def __init__(self, label: str, *rows, look: str = "") -> None:
        self.label, self.fields, self.look = label, rows, look

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs) -> str:
        rows = Layout(*_laid_out(self.fields, form.fields))
        inside = rows.get_rendered_fields(form, context, template_pack, **kwargs)
        shown = {"label": self.label, "look": self.look, "content": inside}
        return render_to_string("parts/form_section.html", shown)


class DayInput(forms.DateInput):
    """A calendar day; browsers show their own picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
