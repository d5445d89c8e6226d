"""People's accounts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from activity import clock
from activity.actions import record
from activity.changes import in_words, put
from activity.refused import Refused, allow, refuse_if

from .. import rules
from ..models import Unit, User
from .holding import hold_district
from .posts import end_all_posts

FIELDS = ("name", "email", "title", "unit", "note")
OWN_FIELDS = ("name", "title")

WHO = "Only an administrator changes people."


@transaction.atomic
def add_person(
    *, name: str, email: str, by: User, title: str = "", unit: Unit | None = None, note: str = ""
) -> User:
    """Add a person, who can sign in once they used their invitation. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_people(by), WHO)
    refuse_if(rules.blockers_to_use_email(email))
    person = User.objects.create_user(email, name=name, title=title, unit=unit, note=note)
    record("add", person, f"added {name}", by=by)
    return person


@transaction.atomic
def change_person(*, person: User, values: Mapping[str, Any], by: User) -> User:
    """Change a person; everybody may change their own name and title. Raises Refused."""
    person = _locked(person)
    if not rules.can_set_up_people(by):
        allow(by.pk == person.pk, WHO)
        values = {name: value for name, value in values.items() if name in OWN_FIELDS}
    if "email" in values:
        values = {**values, "email": str(values["email"]).lower()}
        refuse_if(rules.blockers_to_use_email(str(values["email"]), person))
    changed = put(person, values, FIELDS)
    if changed:
        person.save(update_fields=changed)
        moved = "email" in changed and person != by and person.holds(*rules.POWERS)
        record(
            "change", person, f"changed {in_words(person, changed)} of {person}",
            by=by, integrity=moved, **changed,
        )  # fmt: skip
    return person


@transaction.atomic
def deactivate_person(*, person: User, by: User) -> User:
    """Close an account: no sign-in, posts end, open invitations expire. Raises Refused."""
    person = _locked(person)
    allow(rules.can_set_up_people(by), WHO)
    refuse_if(rules.blockers_to_deactivate(person))
    person.is_active = False
    person.save(update_fields=["is_active"])
    ended = end_all_posts(person, clock.today())
    person.invitations.open().update(expires_at=timezone.now())
    record("deactivate", person, f"deactivated {person}; {ended} posts ended", by=by, posts_ended=ended)
    return person


@transaction.atomic
def reactivate_person(*, person: User, by: User) -> User:
    """Open an account again. Posts do not come back by themselves. Raises Refused."""
    person = _locked(person)
    allow(rules.can_set_up_people(by), WHO)
    if person.is_active:
        raise Refused(f"{person} is active already.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("reactivate", person, f"brought {person} back", by=by)
    return person


def _locked(person: User) -> User:
    """The last administrator is judged over all of them, so all of them are held."""
    list(rules.administrators().select_for_update().order_by("pk").values_list("pk", flat=True))
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)
