"""The demo season: loading it, jumping to a stage of it, moving the clock. Demo mode only."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from activity import chain, clock
from activity.append_only import guards_lifted
from goals.models import Season, Stage
from people.models import District, User

from .season_import.importing import import_season, preview
from .season_import.moment import day_within, morning

WORKBOOK = Path(settings.BASE_DIR) / "demo" / "larkmoor_fy27.xlsx"
FLOORS = ("activity", "people", "goals", "funds", "proposals", "reviews", "slates", "investments")
# What belongs to the machine and not to the season.
KEPT = ("activity_once", "activity_heartbeat", "activity_democlock")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise RuntimeError("This is possible in demo mode only.")


def _empty() -> None:
    """Remove every row of the house, and begin its keys anew: people keep the keys they had."""
    tables = [
        model._meta.db_table
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models(include_auto_created=True)
        if model._meta.db_table not in KEPT
    ]
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True)
    with guards_lifted(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _moment_of(stage: Stage) -> datetime:
    zone = ZoneInfo(District.objects.get().time_zone)
    return morning(day_within(stage.opens, stage.closes), zone)


def jump(stage: Stage, by: User | None = None) -> User | None:
    """Import the demo season anew as it stood in a stage, and set the clock to that moment.

    What was entered is discarded. Returns the same person in the new season, by e-mail.
    """
    _only_in_demo()
    with transaction.atomic():
        passwords = dict(User.objects.values_list("email", "password"))
        _empty()
        import_season(preview(WORKBOOK, at=str(stage.order)))
        people = list(User.objects.all())
        for person in people:
            person.password = passwords.get(person.email, person.password)
        User.objects.bulk_update(people, ["password"], batch_size=500)
        clock.set_to(_moment_of(Stage.objects.get(order=stage.order)))
        transaction.on_commit(chain.set_heads_aside)
    email = getattr(by, "email", "")
    return next((person for person in people if person.email == email), None)


def move_clock(stage: Stage) -> None:
    """Set the clock into a stage and keep everything that was entered."""
    _only_in_demo()
    clock.set_to(_moment_of(stage))


def move_clock_to(day: date) -> None:
    """Set the clock to the morning of the day as of which a season was taken."""
    _only_in_demo()
    clock.set_to(morning(day, ZoneInfo(District.objects.get().time_zone)))


def load() -> Season | None:
    """Import the whole demo season into an empty installation; None when there is a district already."""
    _only_in_demo()
    with transaction.atomic():
        if District.objects.exists():
            return None
        season = import_season(preview(WORKBOOK))
        if season and season.demo_today:
            move_clock_to(season.demo_today)
    return season
