"""How forms are laid out: one crispy layout inside our own form element, and a day as the browser asks it."""

from functools import cached_property

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms


class LaidOut:
    """Mixin of a form: `rows` are field names, or tuples of names that stand side by side."""

    rows: tuple = ()

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # our own form element carries the token
        shown = [row for row in (self.rows or tuple(self.fields)) if _there(row, self.fields)]
        helper.layout = Layout(*[_side_by_side(row) for row in shown])
        return helper


def _there(row, fields) -> bool:
    return not isinstance(row, str) or row in fields


def _side_by_side(row):
    if isinstance(row, tuple):
        return Row(*[Column(name, css_class="col-sm") for name in row])
    return row


class DayInput(forms.DateInput):
    """A calendar day; browsers show their own picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
