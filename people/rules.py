"""Who may do what with people and units, and what stands in the way."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from activity import clock

from .models import Delegation, Post, Unit, User

Role = Post.Role

DECIDERS = (Role.SUPERINTENDENT, Role.CFO)
CABINET = (Role.SUPERINTENDENT, Role.CFO, Role.CABINET)


def is_administrator(user: User) -> bool:
    """Accounts and settings; no vote and no private drafts."""
    return user.holds(Role.ADMINISTRATOR)


def is_steward(user: User) -> bool:
    return user.holds(Role.STEWARD)


def is_superintendent(user: User) -> bool:
    return user.holds(Role.SUPERINTENDENT)


def is_cfo(user: User) -> bool:
    return user.holds(Role.CFO)


def is_slate_builder(user: User) -> bool:
    """Of Finance, and named by the CFO to build slates."""
    return user.holds(Role.SLATE_BUILDER)


def is_decider(user: User) -> bool:
    """Superintendent or CFO: those who see pending decisions."""
    return user.holds(*DECIDERS)


def is_cabinet(user: User) -> bool:
    """Member of the cabinet, the superintendent and the CFO included."""
    return user.holds(*CABINET)


def can_sponsor(user: User) -> bool:
    """Head, deputy or contributor of any unit: may post an intent and start a proposal."""
    return user.holds(Role.HEAD, Role.DEPUTY, Role.CONTRIBUTOR, Role.PRINCIPAL)


def can_set_up_district(user: User) -> bool:
    return user.holds(Role.ADMINISTRATOR, Role.STEWARD)


def can_answer_for(user: User, unit_id: int) -> bool:
    """Head or deputy of the unit, or holder of a dated delegation to answer asks."""
    return user.speaks_for(unit_id) or ((unit_id, Delegation.Act.ANSWER_ASKS) in user.delegated_acts)


def unit_voiced_by(user: User) -> Unit | None:
    """The unit for which somebody writes: where they speak, else where they work."""
    voiced = [post.unit for post in user.posts_now if post.unit_id in user.spoken_for_ids]
    return next((unit for unit in voiced if unit.pk == user.unit_id), None) or (
        voiced[0] if voiced else user.unit
    )


def can_see_setup(user: User) -> bool:
    """Whoever sets up a part: accounts, the season's rules, or its money."""
    return user.holds(Role.ADMINISTRATOR, Role.STEWARD, Role.SUPERINTENDENT, Role.CFO)


# Whoever holds one of these can change rules, decide, or let others in: giving it is for all to see.
POWERS = (*DECIDERS, Role.STEWARD, Role.ADMINISTRATOR)


def can_import(user: User) -> bool:
    """A workbook gives posts, so it is the administrator's; in the demo, the steward's too."""
    return is_administrator(user) or (settings.DEMO and is_steward(user))


def can_set_up_people(user: User) -> bool:
    """Accounts and posts are the administrator's, so that nobody makes themselves a decider."""
    return is_administrator(user)


def people_of_finance() -> QuerySet[User]:
    """Who works in the CFO's units, those they answer for included; the deciders need no naming.

    Whoever looks at the work of others (auditor, steward) does not build.
    """
    today = Post.objects.current().order_by()
    cfos = today.filter(role=Role.CFO)
    finance = Unit.objects.filter(
        Q(pk__in=cfos.values("unit")) | Q(cabinet_member__in=cfos.values("person"))
    ).order_by()
    works = today.filter(unit__in=finance, role__in=Post.WORKING)
    others = today.filter(Q(role__in=DECIDERS) | ~Q(role__in=Post.WORKING))
    found = User.objects.filter(Q(unit__in=finance) | Q(pk__in=works.values("person")), is_active=True)
    return found.exclude(pk__in=others.values("person"))


def slate_builders() -> QuerySet[Post]:
    """Posts of those whom the CFO named."""
    return Post.objects.current().filter(role=Role.SLATE_BUILDER).select_related("person", "unit")


def blockers_to_name_builder(person: User) -> list[str]:
    if slate_builders().filter(person=person).exists():
        return [f"{person} builds slates already."]
    if not people_of_finance().filter(pk=person.pk).exists():
        return [f"{person} does not work in Finance. Name somebody of your own units."]
    return []


def unit_for(user: User, pk: int) -> Unit:
    """A unit; everybody of the district may read it."""
    return get_object_or_404(Unit.objects.select_related("parent", "cabinet_member"), pk=pk)


def person_for(user: User, pk: int) -> User:
    """A person's own page, or anybody's for the administrator."""
    if pk != user.pk and not can_set_up_people(user):
        raise Http404
    return get_object_or_404(User.objects.select_related("unit"), pk=pk)


def post_for(user: User, pk: int) -> Post:
    if not can_set_up_people(user):
        raise Http404
    return get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk)


def administrators():
    """People who can sign in and hold the post of administrator today."""
    return (
        User.objects.filter(
            is_active=True, pk__in=Post.objects.current().filter(role=Role.ADMINISTRATOR).values("person")
        )
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exclude(password="")
    )


def blockers_to_lose_administrator(person: User) -> list[str]:
    """The last administrator stays: nobody could let anyone in again."""
    if administrators().exclude(pk=person.pk).exists() or not is_administrator(person):
        return []
    return [
        f"{person} is the only administrator who can sign in. "
        "Make another person administrator first, and let them choose a password."
    ]


def blockers_to_deactivate(person: User) -> list[str]:
    if not person.is_active:
        return [f"{person} is already deactivated."]
    return blockers_to_lose_administrator(person)


def blockers_to_invite(person: User) -> list[str]:
    if not person.is_active:
        return [f"{person} is deactivated. Bring the person back first."]
    if person.has_usable_password():
        return [
            f"{person} has a password already. Whoever forgot it gets a new one by “Forgot your password?” "
            "on the sign-in page, at their own address."
        ]
    return []


def blockers_to_use_email(email: str, person: User | None = None) -> list[str]:
    taken = User.objects.filter(email__iexact=email).exclude(pk=person.pk if person else 0).first()
    return [f"{taken} already uses the e-mail {email}. Each person needs their own."] if taken else []


def blockers_to_give_post(
    person: User, unit: Unit, role: str, running: Iterable[Post] | None = None
) -> list[str]:
    """One head a unit, and a role once. `running` are the posts of that role, where they are read."""
    reasons = []
    if role == Role.SLATE_BUILDER:
        reasons.append("The CFO names who builds slates, on the page of the slates.")
    if not person.is_active:
        reasons.append(f"{person} is deactivated. Bring the person back first.")
    if running is None:
        running = Post.objects.current().filter(unit=unit, role=role).select_related("person")
    for post in running:
        if post.person_id == person.pk:
            reasons.append(f"{person} is already {post.get_role_display().lower()} of {unit}.")
        elif role == Role.HEAD:
            reasons.append(f"{post.person} is head of {unit}. End that post first, or use the unit's page.")
    return reasons


def blockers_to_end_post(post: Post) -> list[str]:
    if post.until_date and post.until_date < clock.today():
        return ["This post has already ended."]
    return blockers_to_lose_administrator(post.person) if post.role == Role.ADMINISTRATOR else []


def blockers_to_place_unit(code: str, parent: Unit | None, unit: Unit | None = None) -> list[str]:
    """The tree: codes once, one top unit, no circle."""
    reasons = []
    others = Unit.objects.exclude(pk=unit.pk if unit else 0)
    if others.filter(code__iexact=code).exists():
        reasons.append(f"Another unit has the code {code}. Choose a different one.")
    top = others.filter(parent=None).first()
    if parent is None and top:
        reasons.append(f"{top} is the top unit, and there can be one only. Choose the unit above.")
    if unit and parent and _is_below(parent, unit):
        reasons.append(f"{parent} stands below {unit}, so it cannot stand above it. Choose another unit.")
    return reasons


def _is_below(unit: Unit, top: Unit) -> bool:
    """Is `unit` the unit `top` or one under it? Reads the tree once."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    here: int | None = unit.pk
    while here is not None:
        if here == top.pk:
            return True
        here = parents.pop(here, None)  # popping ends a circle that an import left behind
    return False


def blockers_to_set_zone(time_zone: str) -> list[str]:
    if time_zone in available_timezones():
        return []
    return [f"“{time_zone}” is not a time zone. Choose one from the list, such as America/Chicago."]
