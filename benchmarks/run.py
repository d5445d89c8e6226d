"""Measure each page: queries, and time as a ratio to the bare page of the same run.

    make bench                                  100 and 1,000 proposals
    python benchmarks/run.py --full             5,000 too
    python benchmarks/run.py --dry              leave docs/benchmarks.md as it is

On PostgreSQL: DATABASE_URL or TEST_DATABASE_URL names the server (`make bench` starts one).
Every size gets a database of its own, which is removed at the end.
"""

import argparse
import io
import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 9
RATIO_AT_MOST = 2.0


def set_up() -> None:
    sys.path.insert(0, str(ROOT))
    address = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    if address:
        os.environ["DATABASE_URL"] = address
    os.environ.update(MODE="test", LOG_LEVEL="ERROR")
    os.environ.setdefault("VAR_DIR", str(ROOT / ".cache" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budgetcollab.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.urls"


@contextmanager
def district_of(proposals: int) -> Iterator[None]:
    """A database of its own with a district of so many proposals."""
    from django.core.management import call_command
    from django.db import connection

    original = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"budgetcollab_bench_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("make_district", proposals=proposals, stdout=io.StringIO())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        yield
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)


def measured(client, path: str) -> tuple[int, float, int]:
    """Queries, median milliseconds, and the status of a warm request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    status = client.get(path).status_code
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    count, times = len(queries), []
    for _ in range(REPEATS):
        start = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - start)
    return count, statistics.median(times) * 1000, status


def measure() -> Iterator[dict]:
    from django.test import Client

    from benchmarks.pages import pages

    clients = {}
    for page in pages():
        if page.who.pk not in clients:
            clients[page.who.pk] = Client()
            backend = "django.contrib.auth.backends.ModelBackend"
            clients[page.who.pk].force_login(page.who, backend=backend)
        client = clients[page.who.pk]
        queries, milliseconds, status = measured(client, page.path)
        bare = measured(client, page.bare)[1]
        yield {
            "page": page, "queries": queries, "time": milliseconds, "ratio": milliseconds / bare,
            "status": status,
        }  # fmt: skip


def table(results: dict[int, list[dict]]) -> list[str]:
    """One row a page, one pair of columns a size."""
    sizes = list(results)
    head = "| Page | Queries at most | " + " | ".join(f"Queries, {s:,} | × bare, {s:,}" for s in sizes)
    lines = [f"{head} | |", "|---|---:|" + "---:|---:|" * len(sizes) + "---|"]
    for rows in zip(*results.values(), strict=True):
        page = rows[0]["page"]
        cells = " | ".join(f"{row['queries']} | {row['ratio']:.1f}" for row in rows)
        lines.append(f"| {page.name} | {page.most_queries} | {cells} | {'; '.join(remarks(rows))} |")
    return lines


def remarks(rows) -> list[str]:
    page, found = rows[0]["page"], []
    if any(row["status"] != 200 for row in rows):
        found.append(f"answers {rows[0]['status']}")
    if len({row["queries"] for row in rows}) > 1:
        found.append("queries grow")
    if max(row["queries"] for row in rows) > page.most_queries:
        found.append("too many queries")
    if page.promised and max(row["ratio"] for row in rows) > RATIO_AT_MOST:
        found.append(f"over {RATIO_AT_MOST:g} × the bare page")
    return found


def machine() -> str:
    from django.db import connection

    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{connection.vendor}"
    )


def section(lines: list[str]) -> list[str]:
    return [
        "## Pages", "",
        "Written by `benchmarks/run.py`. Each page is opened in process by Django's test client, warm, "
        f"{REPEATS} times; the median is divided by that of a bare page of the same run: the session, "
        "the person, and the same rows told of the same things in a plain table, written as Django's "
        "own documentation would (models, `select_related`, `prefetch_related`, `annotate`), without "
        "rights, navigation, links, signs and filters (`benchmarks/yardsticks.py`). A page without "
        "a promised ratio is compared with the bare list of proposals. The overview is measured warm: "
        "each process keeps its figures for at most a minute, until something is done. Query counts "
        "must not change with the size. The budget is in `architecture.md`.",
        "", f"Measured {machine()}.", "", *lines,
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the pages.")
    parser.add_argument("--full", action="store_true", help="5,000 proposals too")
    parser.add_argument("--sizes", type=int, nargs="+", help="these numbers of proposals")
    parser.add_argument("--dry", action="store_true", help="leave docs/benchmarks.md as it is")
    options = parser.parse_args()
    set_up()
    from benchmarks.page import put

    results = {}
    for size in options.sizes or [100, 1_000, *([5_000] if options.full else [])]:
        with district_of(size):
            results[size] = list(measure())
    lines = table(results)
    print("\n".join(lines))
    if not options.dry:
        put("pages", section(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
