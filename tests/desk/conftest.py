"""Seasons that are imported once for a whole file of tests."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from activity.models import Entry
from goals.models import Season

LARKMOOR = Path(settings.BASE_DIR) / "demo" / "larkmoor_fy27.xlsx"


@pytest.fixture(scope="module")
def larkmoor(django_db_setup, django_db_blocker) -> Season:
    """The whole demo season; what a test writes is rolled back after it, the season after the file."""
    from desk.season_import.importing import import_season, preview

    with django_db_blocker.unblock(), transaction.atomic():
        yield import_season(preview(LARKMOOR))
        transaction.set_rollback(True)


def houses() -> int:
    """Rows of the house, history included."""
    floors = ("people", "goals", "funds", "proposals", "reviews", "slates", "investments")
    models = [m for floor in floors for m in apps.get_app_config(floor).get_models()]
    return sum(m._base_manager.count() for m in [*models, Entry])
