"""The tree of units."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity.actions import record
from activity.changes import in_words, put
from activity.refused import allow, refuse_if

from .. import rules
from ..models import Unit, User
from .holding import hold_district

FIELDS = (
    "code", "name", "kind", "parent", "cabinet_member", "site_number", "level", "grades",
    "enrollment", "is_title_i",
)  # fmt: skip

WHO = "Only an administrator or the process steward changes units."


@transaction.atomic
def add_unit(*, values: Mapping[str, Any], by: User) -> Unit:
    """Add a unit to the tree. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_district(by), WHO)
    refuse_if(rules.blockers_to_place_unit(str(values["code"]), values.get("parent")))
    unit = Unit(**{name: values[name] for name in FIELDS if name in values})
    unit.save(force_insert=True)
    record("add", unit, f"added unit {unit.code} {unit.name}", by=by)
    return unit


@transaction.atomic
def change_unit(*, unit: Unit, values: Mapping[str, Any], by: User) -> Unit:
    """Change a unit or its place in the tree. Raises Refused."""
    hold_district()  # two moves at once could close a circle that neither would alone
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    allow(rules.can_set_up_district(by), WHO)
    code, parent = values.get("code", unit.code), values.get("parent", unit.parent)
    refuse_if(rules.blockers_to_place_unit(str(code), parent, unit))
    changed = put(unit, values, FIELDS)
    if changed:
        unit.save(update_fields=changed)
        record("change", unit, f"changed {in_words(unit, changed)} of unit {unit.code}", by=by, **changed)
    return unit
