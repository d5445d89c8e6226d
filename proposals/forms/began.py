"""Forms that know what they were opened with, so that two people's edits can be told apart."""

import json
from collections.abc import Callable, Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet

from activity.templatetags.activity_tags import day

from ..arithmetic import comparable

EMPTY = "empty"


class Theirs(NamedTuple):
    """A field that we both changed: what stands in it now, and what I typed."""

    name: str
    label: str
    text: str
    mine: str


class Began:
    """Mixin: carries the marks of its initial values in a hidden field.

    After a refused save, `catch_up` takes over what only others changed, keeps what I typed, and lists
    in `theirs` the fields that both changed. The page then offers a choice for each of them; where theirs
    is chosen, the next save leaves the field as it stands.
    """

    mark: Callable[[Any], Any] = staticmethod(comparable)
    theirs: tuple[Theirs, ...] = ()
    taken: Set[str] = frozenset()

    def remember(self) -> None:
        """Call it at the end of `__init__`."""
        marks = json.dumps(self._marks(self.initial))
        self.fields["began"] = forms.CharField(
            required=False, max_length=100_000, widget=forms.HiddenInput, initial=marks
        )
        instance = getattr(self, "instance", None)
        if instance is None or instance.pk:  # what is new stands nowhere yet
            self.taken = {name for name in self.fields if self.data.get(f"choice-{name}") == "theirs"}
        if known := self.taken & self.initial.keys():
            self.data = self.data.copy()
            for name in known:
                self._put(name, self.initial[name])

    def clean_began(self) -> dict[str, Any]:
        return marks_in(self.cleaned_data.get("began", ""))

    @property
    def began(self) -> dict[str, Any]:
        return self.cleaned_data.get("began") or {}

    @property
    def values(self) -> dict[str, Any]:
        """What is to be saved; where theirs was chosen and is not at hand, the field is left as it stands."""
        left = {"began"} | (self.taken - self.initial.keys())
        return {name: value for name, value in self.cleaned_data.items() if name not in left}

    def catch_up(self, stands: Mapping[str, Any]) -> None:
        """Before a form is shown again: `stands` is what the fields would be opened with now."""
        began, now = self.began, self._marks(stands)
        if not began:
            return
        theirs = []
        self.data = self.data.copy()
        for name in now:
            if name in self.taken:
                self._put(name, stands[name])
            elif now[name] == began.get(name, now[name]):
                continue
            elif not self._typed(name, began):
                self._put(name, stands[name])
            elif name in self.errors or self.mark(self.cleaned_data[name]) != now[name]:
                both = self._shown(name, stands[name]), self._mine(name)
                theirs.append(Theirs(name, self[name].label, *both))
        self.data[self.add_prefix("began")] = json.dumps(now)
        self.theirs = tuple(theirs)

    def begin_anew(self, stands: Mapping[str, Any]) -> None:
        """The same where others removed the row: all that was shown and typed stays, to be saved whole."""
        self.data = self.data.copy()
        self.data[self.add_prefix("began")] = json.dumps(self._marks(stands))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What this person changed, in words: to be copied where it cannot be saved any more."""
        names = [name for name in self.fields if name != "began"] if self.is_bound else []
        changed = [(self[name].label, self._mine(name)) for name in names if self._typed(name, self.began)]
        return [(label, words) for label, words in changed if words != EMPTY]

    def _mine(self, name: str) -> str:
        if name in self.errors:
            return self.data.get(self.add_prefix(name)) or EMPTY
        return self._shown(name, self.cleaned_data[name])

    def _typed(self, name: str, began: Mapping[str, Any]) -> bool:
        """Did this person change the field? What could not be read counts as typed."""
        return name in self.errors or self.mark(self.cleaned_data[name]) != began.get(name)

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
            keys = comparable(value if isinstance(value, (list, QuerySet)) else [value])
            rows = field.queryset.filter(pk__in=[key for key in keys if key])
            return ", ".join(map(str, rows)) or EMPTY
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return day(value)
        if hasattr(field, "choices"):
            return str(dict(field.choices).get(value, value))
        return str(field.prepare_value(value) if value not in (None, "") else EMPTY)


def marks_in(text: str) -> dict[str, Any]:
    """The marks that a page carried back, however it was mangled on its way."""
    try:
        marks = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return marks if isinstance(marks, dict) else {}
