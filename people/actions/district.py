"""The one district: opened by the first administrator, changed later."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity.actions import record
from activity.changes import in_words, put
from activity.refused import Refused, allow, refuse_if

from .. import rules, zone
from ..models import District, Unit, User

FIELDS = ("name", "short_name", "time_zone", "suppression_size")


@transaction.atomic
def open_district(*, name: str, short_name: str, time_zone: str, by: User) -> District:
    """Make the district and its top unit, on an installation that has none. Raises Refused."""
    if District.objects.exists():
        raise Refused("This installation already has a district.")
    refuse_if(rules.blockers_to_set_zone(time_zone))
    district = District.objects.create(pk=1, name=name, short_name=short_name, time_zone=time_zone)
    if not Unit.objects.exists():
        Unit.objects.create(code="TOP", name=name, kind=Unit.Kind.DIVISION)
    zone.remember(time_zone)
    record("open", district, f"opened {name}", by=by)
    return district


@transaction.atomic
def change_district(*, district: District, values: Mapping[str, Any], by: User) -> District:
    """Change name, time zone or suppression size. Raises Refused."""
    district = District.objects.select_for_update().get(pk=district.pk)
    allow(rules.can_set_up_district(by), "Only an administrator or the process steward changes the district.")
    refuse_if(rules.blockers_to_set_zone(str(values.get("time_zone", district.time_zone))))
    changed = put(district, values, FIELDS)
    if changed:
        district.save(update_fields=changed)
        zone.remember(district.time_zone)
        record("change", district, f"changed {in_words(district, changed)} of the district", by=by, **changed)
    return district
