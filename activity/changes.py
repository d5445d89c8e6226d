"""Putting new values on a row and saying which ones changed, for the Entry of the verb."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models


def put(row: models.Model, values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Set those of `names` that `values` holds; returns {name: [old, new]} of what differs."""
    changed: dict[str, Any] = {}
    for name in names:
        if name not in values:
            continue
        new = values[name]
        # Related rows are compared by their key, so that an unchanged one is never read.
        column = row._meta.get_field(name).attname
        if getattr(row, column) != (new.pk if isinstance(new, models.Model) else new):
            old = getattr(row, name) if getattr(row, column) is not None else None
            changed[name] = [_as_text(old), _as_text(new)]
            setattr(row, name, new)
    return changed


def in_words(row: models.Model, changed: Iterable[str]) -> str:
    """“name, head and enrollment”: the labels of the changed columns."""
    labels = [str(row._meta.get_field(name).verbose_name) for name in changed]
    if len(labels) < 2:
        return "".join(labels)
    return f"{', '.join(labels[:-1])} and {labels[-1]}"


def _as_text(value: object) -> str:
    return "" if value is None else str(value)[:200]
