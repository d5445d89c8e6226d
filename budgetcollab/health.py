"""Whether this process is alive, and whether it can serve people.

`python -m budgetcollab.health` asks the web process beside it, as a container's health check
does; `python -m budgetcollab.health beat` asks whether the schedule runs.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PATIENCE = 4  # seconds
LONGEST_SILENCE = timedelta(minutes=5)
_migrated = False


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. It asks nothing else: a slow database must not restart it."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations and cache are there; a load balancer may send people."""
    found = {"database": database_answers(), "cache": cache_answers()}
    found["migrations"] = found["database"] and migrations_applied()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def cache_answers() -> bool:
    try:
        cache.set("readyz", 1, 10)
        return cache.get("readyz") == 1
    except Exception:  # whatever the cache's client raises, the answer is no
        return False


def migrations_applied() -> bool:
    """Once applied they stay applied while this process lives: ask until then only."""
    global _migrated
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return False
    return _migrated


def probe(path: str, port: int, host: str) -> bool:
    """Ask the process on this machine under a host name it allows."""
    try:
        asked = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        asked.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return asked.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def schedule_runs() -> bool:
    """Beat sent a wake-up and a worker answered it within the last minutes."""
    import django

    django.setup()
    from activity.models import Heartbeat

    oldest = datetime.now(UTC) - LONGEST_SILENCE
    return Heartbeat.objects.filter(beat_at__gte=oldest).exists()


def main(arguments: list[str]) -> int:
    if arguments == ["beat"]:
        return 0 if schedule_runs() else 1
    first = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    return 0 if probe("/readyz", int(os.environ.get("PORT", "8000")), first) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
