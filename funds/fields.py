"""The one money field: integer cents in the database, dollars on the screen."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from .arithmetic import MOST_CENTS, format_dollars, parse_dollars


class DollarsInput(forms.CharField):
    """Form field for an amount; accepts what finance people paste, gives cents."""

    def __init__(self, *, min_cents: int | None = 0, max_length=None, **kwargs):
        kwargs.pop("min_value", None)
        kwargs.pop("max_value", None)
        self.min_cents = min_cents
        # The length is asked of what was typed; a validator would ask it of the cents.
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "maxlength": "40"}

    def prepare_value(self, value):
        if isinstance(value, int):
            return format_dollars(value).removeprefix("$")
        return value

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            cents = parse_dollars(text[:41])
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if self.min_cents is not None and cents < self.min_cents:
            raise ValidationError("This amount cannot be negative.")
        return cents


class Cents(models.BigIntegerField):
    """Money as integer cents. Never negative and never absurd: say so in a constraint too."""

    def formfield(self, **kwargs):
        return super(models.BigIntegerField, self).formfield(**{"form_class": DollarsInput, **kwargs})

    @staticmethod
    def within(*names: str) -> models.Q:
        """Condition for a CheckConstraint: each named column lies between zero and the most."""
        condition = models.Q()
        for name in names:
            condition &= models.Q(**{f"{name}__gte": 0, f"{name}__lte": MOST_CENTS})
        return condition
