"""The people of the demo, to pick from: suggested roles first, then everybody by what they do."""

from itertools import groupby

from django.db.models import Prefetch, Q

from people.models import Post, Unit, User

Role = Post.Role

# Roles that show the season from six sides: key of the button, its label.
KEY_ROLES = [
    (Role.HEAD, "Head"),
    (Role.PRINCIPAL, "Principal"),
    (Role.CABINET, "Cabinet"),
    (Role.STEWARD, "Steward"),
    (Role.CFO, "CFO"),
    (Role.SUPERINTENDENT, "Superintendent"),
]

# What a list of people is grouped by: the first role of this order that a person holds.
GROUPS = [
    ("Superintendent, CFO and cabinet", {Role.SUPERINTENDENT, Role.CFO, Role.CABINET}),
    ("Process, administration and research", {Role.STEWARD, Role.ADMINISTRATOR, Role.RESEARCH}),
    ("Heads and deputies of departments", {Role.HEAD, Role.DEPUTY}),
    ("Principals and school staff", {Role.PRINCIPAL}),
    ("Contributors", {Role.CONTRIBUTOR}),
    ("Advisers, board and auditors", {Role.ADVISORY, Role.BOARD, Role.AUDITOR}),
    ("Others", set()),
]
MOST = 150


def people_found(wanted: str = "") -> list[tuple[str, list[User]]]:
    """Active people whose name, title or unit holds the words, in groups."""
    people = User.objects.filter(is_active=True).prefetch_related(
        Prefetch("posts", Post.objects.current().select_related("unit"), to_attr="posts_today")
    )
    if wanted:
        people = people.filter(
            Q(name__icontains=wanted)
            | Q(title__icontains=wanted)
            | Q(unit__name__icontains=wanted)
            | Q(unit__code__iexact=wanted)
            | Q(posts__unit__code__iexact=wanted)
        ).distinct()
    ranked = sorted(people[:MOST], key=lambda person: (_group_of(person), person.name))
    return [(GROUPS[rank][0], list(rows)) for rank, rows in groupby(ranked, key=_group_of)]


def _group_of(person: User) -> int:
    roles = {post.role for post in person.posts_today}
    at_school = any(post.unit.kind == Unit.Kind.SCHOOL for post in person.posts_today)
    if at_school and not roles & GROUPS[0][1]:
        return 3
    return next((rank for rank, (_, group) in enumerate(GROUPS) if roles & group), len(GROUPS) - 1)


def somebody_with(role: str) -> User | None:
    """The first person who holds the role; for heads and cabinet one who holds nothing above it."""
    holders = User.objects.filter(is_active=True, posts__in=Post.objects.current().filter(role=role))
    if role in (Role.HEAD, Role.CABINET):
        higher = [Role.SUPERINTENDENT, Role.CFO, *([Role.CABINET] if role == Role.HEAD else [])]
        holders = holders.exclude(posts__role__in=higher)
    if role == Role.HEAD:
        holders = holders.filter(posts__role=role, posts__unit__kind=Unit.Kind.DEPARTMENT)
    return holders.order_by("name").first()
