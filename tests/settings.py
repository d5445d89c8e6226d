"""Settings of the test runs: the app's own, on the database that TEST_DB chooses."""

import os

_on_postgres = os.environ.get("TEST_DB", "sqlite") == "postgres"
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_database = os.environ.get("TEST_DATABASE_URL", os.environ.get("DATABASE_URL", ""))
_redis = os.environ.get("TEST_REDIS_URL", os.environ.get("REDIS_URL", ""))

for _name in ("DEMO", "HTTPS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "LOG_LEVEL"):
    os.environ.pop(_name, None)
os.environ["MODE"] = "test"
os.environ.setdefault("VAR_DIR", f".cache/test-{_worker}")
if _on_postgres:
    if not _database:
        raise SystemExit("TEST_DB=postgres needs a server: run tools/services.py postgres redis -- …")
    os.environ["DATABASE_URL"] = _database
    if _redis:  # every worker has its own numbered database, away from the first ones
        os.environ["REDIS_URL"] = f"{_redis.rpartition('/')[0]}/{8 + _worker}"

from budgetcollab.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405  (threads of races leave nothing open)
# "No query text repeats more than twice in a request": verbs read once more under their lock, a sweep of
# reminders looks again before it sends.
ZEAL_NPLUSONE_THRESHOLD = 3
