"""Who says what a school can give, and what was said."""

from collections.abc import Collection

from people.models import Post, Unit, User
from people.rules import is_steward

from ..models import SchoolLimit, Season

SPEAKS_FOR_SCHOOL = (Post.Role.HEAD, Post.Role.DEPUTY, Post.Role.PRINCIPAL)


def own_school_ids(user: User) -> set[int]:
    """Units for which this person may say what the school can give."""
    return {post.unit_id for post in user.posts_now if post.role in SPEAKS_FOR_SCHOOL}


def can_limit_schools(user: User, schools: Collection[Unit]) -> bool:
    """The principal or deputy for the own school; the steward for any number of them."""
    return is_steward(user) or {school.pk for school in schools} <= own_school_ids(user)


def limits_of(season: Season | int) -> dict[str, int]:
    """Hours a month by code of the school, where they are stated; one query."""
    return dict(SchoolLimit.objects.filter(season=season).order_by().values_list("school__code", "hours"))
