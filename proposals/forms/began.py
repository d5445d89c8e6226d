"""Forms that know what they were opened with, so that two people's edits can be told apart."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms

from ..arithmetic import comparable


class Theirs(NamedTuple):
    """What stands now in a field that I changed, too."""

    label: str
    text: str


class Began:
    """Mixin: carries the marks of its initial values in a hidden field.

    After a refused save, `catch_up` takes over what only others changed, keeps what I typed, and lists
    in `theirs` what stands now in the fields that both changed.
    """

    mark: Callable[[Any], Any] = staticmethod(comparable)
    theirs: tuple[Theirs, ...] = ()

    def remember(self) -> None:
        """Call it at the end of `__init__`."""
        marks = json.dumps(self._marks(self.initial))
        self.fields["began"] = forms.CharField(
            required=False, max_length=100_000, widget=forms.HiddenInput, initial=marks
        )

    def clean_began(self) -> dict[str, Any]:
        return _marks_in(self.cleaned_data.get("began", ""))

    @property
    def began(self) -> dict[str, Any]:
        return self.cleaned_data.get("began") or {}

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "began"}

    def catch_up(self, stands: Mapping[str, Any]) -> None:
        """Before a form is shown again: `stands` is what the fields would be opened with now."""
        began, now = self.began, self._marks(stands)
        if not began:
            return
        theirs = []
        self.data = self.data.copy()
        for name in now:
            if now[name] == began.get(name, now[name]):
                continue
            if not self._typed(name, began):
                self._put(name, stands[name])
            elif name in self.errors or self.mark(self.values[name]) != now[name]:
                theirs.append(Theirs(self[name].label, self._shown(name, stands[name])))
        self.data[self.add_prefix("began")] = json.dumps(now)
        self.theirs = tuple(theirs)

    def _typed(self, name: str, began: Mapping[str, Any]) -> bool:
        """Did this person change the field? What could not be read counts as typed."""
        return name in self.errors or self.mark(self.values[name]) != began.get(name)

    def _marks(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.mark(values.get(name)) for name in self.fields if name != "began"}

    def _put(self, name: str, value: Any) -> None:
        key, prepared = self.add_prefix(name), self.fields[name].prepare_value(value)
        if isinstance(prepared, list):
            self.data.setlist(key, [str(item) for item in prepared])
        elif prepared in (None, False, ""):
            self.data.pop(key, None)
        else:
            self.data[key] = str(prepared)

    def _shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if hasattr(field, "queryset"):
            keys = value if isinstance(value, list) else [getattr(value, "pk", value)]
            return ", ".join(str(row) for row in field.queryset.filter(pk__in=[k for k in keys if k]))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(field.prepare_value(value) if value not in (None, "") else "empty")


def _marks_in(text: str) -> dict[str, Any]:
    try:
        marks = json.loads(text or "{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
