"""District, units, people and posts out of a workbook."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import available_timezones

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from activity import cells
from activity.imports import BATCH, Past
from activity.sheets import Book, Row, column

from . import zone
from .models import District, Post, Unit, User

ROLES = {
    "superintendent": "superintendent", "CFO": "cfo", "cabinet": "cabinet", "head": "head",
    "deputy": "deputy", "contributor": "contributor", "steward": "steward",
    "research partner": "research_partner", "principal": "principal",
    "advisory reviewer": "advisory_reviewer", "board liaison": "board_liaison",
    "auditor": "auditor", "administrator": "administrator",
}  # fmt: skip


def zone_name(value) -> str:
    """The name of a time zone."""
    name = cells.one_line(value)
    if name not in available_timezones():
        raise ValueError("the name of a time zone, such as America/Chicago")
    return name


def email(value) -> str:
    address = cells.text(254)(value).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError("an e-mail address like name@district.example") from None
    return address


person = {"people": True, "to": "People"}
name_of = cells.text(200)
unit_code = cells.code(20)


@dataclass
class DistrictRow(Row):
    SHEET = "District"
    SETTINGS = True
    NEEDED = True

    name: str = column("District name", cells.text(200), required=True)
    short_name: str = column("Short name", cells.text(80))
    time_zone: str = column("Time zone", zone_name, required=True)


@dataclass
class UnitRow(Row):
    SHEET = "Units"
    KEY = ("code",)
    NEEDED = True

    code: str = column("Code", unit_code, required=True)
    name: str = column("Name", cells.text(200), required=True)
    kind: str = column("Kind", cells.choice(Unit.Kind.choices), required=True)
    parent: str = column("Parent", unit_code, to="Units")
    site_number: str = column("Site number", unit_code, empty="")
    level: str = column("Level", cells.choice(Unit.Level.choices), empty="")
    grades: str = column("Grades", cells.text(40), empty="")
    enrollment: int = column("Enrollment", cells.whole())
    is_title_i: bool = column("Title I", cells.yes_no, empty=False)
    head: str = column("Head", name_of, **person)
    deputy: str = column("Deputy", name_of, **person)
    cabinet_member: str = column("Cabinet member", name_of, **person)


@dataclass
class PersonRow(Row):
    SHEET = "People"
    KEY = ("name",)
    NEEDED = True

    name: str = column("Name", name_of, required=True)
    email: str = column("Email", email, required=True)
    unit: str = column("Unit", unit_code, required=True, to="Units")
    title: str = column("Title", cells.text(200), required=True)
    roles: tuple = column("Role", cells.several(cells.choice(ROLES.items(), ROLES)), required=True, empty=())
    note: str = column("Note", cells.long_text, empty="")


ROWS = (DistrictRow, UnitRow, PersonRow)


def check(book: Book) -> None:
    """The tree has one top and no circle; e-mails are unique."""
    units = book.by_key(UnitRow)
    tops = [unit for unit in units.values() if unit.parent is None]
    for unit in tops[1:]:
        book.refuse(unit, "parent", f"only one unit stands at the top; {tops[0].code} is there already")
    for unit in _in_circles(units):
        book.refuse(unit, "parent", "a parent above this unit; these parents lead back to the unit itself")
    seen: dict[str, PersonRow] = {}
    for row in book.rows(PersonRow):
        if row.email in seen:
            book.refuse(row, "email", f"each e-mail once; {seen[row.email].name} has it already")
        seen.setdefault(row.email, row)


def other_top(book: Book) -> str:
    """Where the workbook's top unit would stand beside one that is here already; '' when it does not."""
    units = book.by_key(UnitRow)
    top = next((unit for unit in units.values() if unit.parent is None), None)
    standing = Unit.objects.filter(parent=None).exclude(code__in=units).first()
    if top is None or standing is None or _is_alone(standing):
        return ""
    return (
        f"{UnitRow.SHEET}!{book.cell(top, 'parent')}: {top.code} would stand at the top, where "
        f"{standing.code}, {standing}, stands already, and there can be one only. Nothing was imported. "
        f"Give the two the same code, here or under Set up, or add {standing.code} to the sheet "
        f"{UnitRow.SHEET} and name it in this cell."
    )


def _is_alone(top: Unit) -> bool:
    """The unit that came with the district, before any other: a workbook's top takes its place."""
    return not Unit.objects.exclude(pk=top.pk).exists()


def _in_circles(units: dict[str, UnitRow]) -> list[UnitRow]:
    """Units that never reach the top."""
    reaches: dict[str, bool] = {}
    for code in units:
        path = []
        while code in units and code not in reaches:
            reaches[code] = False  # until the top is found
            path.append(code)
            code = units[code].parent
        reached = reaches.get(code, True)
        reaches.update(dict.fromkeys(path, reached))
    return [units[code] for code, reached in reaches.items() if not reached]


def write(book: Book, past: Past) -> None:
    """District, units, people and posts; rows that stand already are brought up to date."""
    row = book.one(DistrictRow)
    zone.remember(row.time_zone)
    District.objects.update_or_create(
        pk=1,
        defaults={
            "name": row.name,
            "short_name": row.short_name or row.name[:80],
            "time_zone": row.time_zone,
        },
    )
    _write_units(book, past)
    _write_people(book, past)
    _link_units(book, past)
    _write_posts(book, past)


def _write_units(book: Book, past: Past) -> None:
    standing = {unit.code: unit for unit in Unit.objects.all()}
    top = next((row for row in book.rows(UnitRow) if row.parent is None), None)
    if top and len(standing) == 1 and top.code not in standing:
        (alone,) = standing.values()  # the one that came with the district
        standing = {top.code: alone}
    columns = ("code", "name", "kind", "site_number", "level", "grades", "enrollment", "is_title_i")
    new = {}
    for row in book.rows(UnitRow):
        unit = standing.get(row.code) or Unit(code=row.code)
        for name in columns:
            setattr(unit, name, getattr(row, name))
        if row.code not in standing:
            new[row.code] = unit
    Unit.objects.bulk_update(standing.values(), columns, batch_size=BATCH)
    past.keep(Unit, standing)
    past.make(Unit, new)


def _write_people(book: Book, past: Past) -> None:
    standing = {user.email: user for user in User.objects.all()}
    people, new = {}, {}
    for row in book.rows(PersonRow):
        user = standing.get(row.email) or User(email=row.email, password=make_password(None))
        user.name, user.title, user.note = row.name, row.title, row.note
        user.unit = past.get(Unit, row.unit)
        people[row.name] = user
        if row.email not in standing:
            new[row.name] = user
    User.objects.bulk_update(
        [user for user in people.values() if user.pk], ["name", "title", "note", "unit"], batch_size=BATCH
    )
    past.make(User, new)
    past.keep(User, people)


def _link_units(book: Book, past: Past) -> None:
    units = []
    for row in book.rows(UnitRow):
        unit = past.get(Unit, row.code)
        unit.parent = past.get(Unit, row.parent)
        unit.cabinet_member = past.get(User, row.cabinet_member)
        units.append(unit)
    Unit.objects.bulk_update(units, ["parent", "cabinet_member"], batch_size=BATCH)


def _posts_named(book: Book) -> set[tuple[str, str, str]]:
    """(person, unit, role) of all posts: heads and deputies as Units name them, other roles as People does.

    The role “head” in People counts for the home unit only while Units names nobody there.
    """
    named, units = set(), book.by_key(UnitRow)
    for unit in units.values():
        named |= {(unit.head, unit.code, Post.Role.HEAD)} if unit.head else set()
        named |= {(unit.deputy, unit.code, Post.Role.DEPUTY)} if unit.deputy else set()
    for row in book.rows(PersonRow):
        home = units.get(row.unit)
        for role in row.roles:
            if role in (Post.Role.HEAD, Post.Role.DEPUTY) and home and getattr(home, role):
                continue
            named.add((row.name, row.unit, role))
    return named


def _write_posts(book: Book, past: Past) -> None:
    named = {
        (past.get(User, name).pk, past.get(Unit, code).pk, str(role))
        for name, code, role in sorted(_posts_named(book))
    }
    units = [past.get(Unit, row.code).pk for row in book.rows(UnitRow)]
    standing = {}
    for post in Post.objects.filter(until_date=None):
        standing[post.person_id, post.unit_id, post.role] = post
    speaking = (Post.Role.HEAD, Post.Role.DEPUTY)
    ended = [
        post.pk
        for key, post in standing.items()
        if key not in named and post.role in speaking and post.unit_id in units
    ]
    Post.objects.filter(pk__in=ended, from_date__gt=past.day - timedelta(days=1)).update(from_date=None)
    Post.objects.filter(pk__in=ended).update(until_date=past.day - timedelta(days=1))
    Post.objects.bulk_create(
        [
            Post(person_id=person_id, unit_id=unit_id, role=role)
            for person_id, unit_id, role in sorted(named - standing.keys())
        ],
        batch_size=BATCH,
    )
