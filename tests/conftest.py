"""What every test may rely on. Servers come from tools/services.py, by environment."""

import gc
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

pytest_plugins = ["tests.acts", "tests.cast", "tests.cast_proposals", "tests.scenes"]

HERE = Path(__file__).parent
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
ON_POSTGRES = os.environ.get("TEST_DB") == "postgres"
CHROMIUM = os.environ.get("CHROMIUM", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE / "journeys"):
            item.add_marker(pytest.mark.browser)
        if not IN_CI:
            skip_what_is_missing(item)


def skip_what_is_missing(item: pytest.Item) -> None:
    """On a bare machine only; in CI the same tests run and fail."""
    if item.get_closest_marker("browser") and not CHROMIUM:
        item.add_marker(pytest.mark.skip(reason="no Chromium: run `make test`"))
    if item.get_closest_marker("postgres") and not ON_POSTGRES:
        item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: run `make test`"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: full collections would walk it again and again, a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> None:
    from django.db import connection

    from tests.migrated import copied

    if connection.vendor == "sqlite":
        connection.creation.create_test_db = copied(connection.creation.create_test_db)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL drops no database that somebody still reads; who is left when all tests are done, goes.

    The answer to a page that its browser closed meanwhile ends in a thread of its own, later than its test.
    """
    from django.db import connection

    yield
    if connection.vendor == "postgresql":
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    from people import zone

    for kept in caches.all(initialized_only=True):
        kept.clear()
    zone.remember(settings.TIME_ZONE)  # or the first page of a process would ask one query more


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if not CHROMIUM:
        pytest.fail("CHROMIUM names no browser: run tools/services.py chromium -- …")
    # Playwright's event loop lives in this thread; Django would mistake it for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--disable-dev-shm-usage", "--no-first-run", *quiet, *sandbox],
    }
