"""One-time addresses that let people in. The address is known to its receiver alone: we keep a digest."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from activity import clock
from activity.actions import record, recorded_together
from activity.models import Mail
from activity.refused import Refused, allow, refuse_if

from .. import rules
from ..models import District, Invitation, Post, Unit, User
from .district import open_district

VALID_FOR = timedelta(days=14)

GONE = "This address was used already or has expired. Ask an administrator for a new invitation."


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite_first_administrator() -> str | None:
    """Address for whoever sets up an empty installation; None once there is a user."""
    if User.objects.exists():
        return None
    return invite_administrator()


@transaction.atomic
def invite_administrator(*, email: str = "", name: str = "") -> str:
    """Address that makes an administrator, for the command line only. Raises Refused.

    A person whose e-mail is known (from an import) gets the post; otherwise the page asks who it is.
    """
    refuse_if(_blockers_to_begin())
    person = User.objects.filter(email__iexact=email).first() if email else None
    Invitation.objects.open().filter(makes_administrator=True).update(expires_at=timezone.now())
    return _address(person=person, makes_administrator=True, email=email, name=name)


@transaction.atomic
def invite_person(*, person: User, by: User) -> str:
    """Send a person the address where they choose a password; also returned, to hand over. Raises Refused."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    allow(rules.can_set_up_people(by), "Only an administrator invites people.")
    refuse_if(rules.blockers_to_invite(person))
    person.invitations.open().update(expires_at=timezone.now())
    url = _address(person=person, by=by)
    district = District.objects.first()
    where = district.short_name if district else "the district"
    Mail.objects.create(
        person_key=str(person.pk), person_name=person.name, address=person.email,
        kind=Mail.Kind.INVITATION, key=digest_of(url)[:32],
        subject=f"Your account for the budget season of {where}",
        text=_letter(person, by, url), written_at=clock.now(),
    )  # fmt: skip
    return url


def invitation_of(token: str) -> Invitation | None:
    """The open invitation behind an address."""
    return Invitation.objects.open().select_related("person").filter(token_digest=digest_of(token)).first()


@transaction.atomic
@recorded_together()
def accept_invitation(
    *, token: str, name: str, email: str, password: str, district: dict[str, str] | None = None
) -> User:
    """Use an invitation, once: the person gets a password and, where meant, the keys. Raises Refused.

    `district` (name, short_name, time_zone) opens the district where there is none yet.
    """
    invitation = Invitation.objects.select_for_update().filter(token_digest=digest_of(token)).first()
    if invitation is None or invitation.used_at or invitation.expires_at <= timezone.now():
        raise Refused(GONE)
    refuse_if(rules.blockers_to_use_email(email, invitation.person))
    person = invitation.person or User(email=email.lower())
    if not person.is_active:
        raise Refused("This account is closed. Ask an administrator to bring it back.")
    person.name, person.email = name, email.lower()
    person.set_password(password)
    person.save()
    invitation.person, invitation.used_at = person, timezone.now()
    invitation.save(update_fields=["person", "used_at"])
    used = digest_of(_address_of(token))[:32]  # a used address need not stand in a mail for ever
    Mail.objects.filter(kind=Mail.Kind.INVITATION, key=used).update(text="This invitation was used.")
    record("accept invitation", person, "chose a password", by=person)
    if invitation.makes_administrator:
        _hand_over(person, district)
    return person


def _hand_over(person: User, district: dict[str, str] | None) -> None:
    """Make the first administrator, and the district where there is none."""
    if not District.objects.exists():
        if not district:
            raise Refused("Please name the district.")
        open_district(**district, by=person)
    unit = person.unit or Unit.objects.filter(parent=None)[0]
    if person.unit is None:
        person.unit = unit
        person.save(update_fields=["unit"])
    Post.objects.create(person=person, unit=unit, role=Post.Role.ADMINISTRATOR)
    person.forget_posts()
    record(
        "give post", unit, f"became administrator of {unit} by the one-time address",
        by=person, integrity=True, role=Post.Role.ADMINISTRATOR, person=person.pk,
    )  # fmt: skip


def _address(*, by: User | None = None, **fields) -> str:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_digest=digest_of(token), expires_at=timezone.now() + VALID_FOR, **fields
    )
    whom = invitation.person or "the first administrator"
    record("invite", invitation, f"invited {whom}", by=by)
    return _address_of(token)


def _address_of(token: str) -> str:
    return settings.PUBLIC_URL + reverse("welcome", args=[token])


def _blockers_to_begin() -> list[str]:
    there = rules.administrators().first()
    if there is None:
        return []
    return [f"{there} is administrator already. Ask them to add you on the page Set up, People."]


def _letter(person: User, by: User, url: str) -> str:
    until = timezone.localdate(timezone.now() + VALID_FOR)
    return (
        f"Dear {person.name},\n\n"
        f"{by.name} invites you to BudgetCollab, where departments plan new investments together.\n"
        f"Choose your password here:\n\n{url}\n\n"
        f"The address works once, until {until:%d %B %Y}. Please do not pass it on.\n"
    )
