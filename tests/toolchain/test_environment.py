"""A weak production start is refused with a sentence that names the setting."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.storage import storages

from budgetcollab import environment

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "budget.example",
    "PUBLIC_URL": "https://budget.example",
    "DATABASE_URL": "postgres://app:word@db/app",
    "REDIS_URL": "redis://cache/0",
    "EMAIL_URL": "smtp://mail:25",
}


def test_a_complete_environment_is_accepted_without_a_word():
    assert environment.inspect(GOOD) == environment.Findings([], [])
    assert environment.require(GOOD) == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "DATABASE_URL", "EMAIL_URL"])
def test_each_missing_setting_is_named(name):
    values = {key: value for key, value in GOOD.items() if key != name}
    (refusal,) = environment.inspect(values).refusals
    assert refusal.startswith(f"{name} is missing")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "too weak"),
        ("SECRET_KEY", "a" * 80, "too weak"),
        ("SECRET_KEY", "django-insecure-" + secrets.token_urlsafe(64), "placeholder"),
        ("ALLOWED_HOSTS", "*", "every host"),
        ("ALLOWED_HOSTS", " , ", "missing"),
        ("PUBLIC_URL", "budget.example", "not an address"),
        ("DATABASE_URL", "mysql://db/app", "postgres or sqlite"),
        ("DEMO", "true", "anybody act as anybody"),
        ("DEMO", "1", "anybody act as anybody"),
    ],
)
def test_each_weak_setting_is_named(name, value, words):
    (refusal,) = environment.inspect(GOOD | {name: value}).refusals
    assert refusal.startswith(name)
    assert words in refusal


def test_paused_mail_needs_no_mail_server():
    assert environment.inspect(GOOD | {"EMAIL_URL": "", "MAIL_PAUSED": "yes"}).refusals == []


def test_sqlite_and_no_redis_are_allowed_and_warned_of():
    findings = environment.inspect(GOOD | {"DATABASE_URL": "sqlite:////data/app.db", "REDIS_URL": ""})
    assert findings.refusals == []
    assert [sentence.split(" ")[0] for sentence in findings.warnings] == ["DATABASE_URL", "REDIS_URL"]


def test_all_faults_are_told_at_once():
    with pytest.raises(environment.Unready) as refusal:
        environment.require({"DEMO": "on"})
    named = ("SECRET_KEY", "DEMO", "ALLOWED_HOSTS", "PUBLIC_URL", "EMAIL_URL", "DATABASE_URL")
    assert [name for name in named if name not in str(refusal.value)] == []


def test_production_is_what_an_empty_environment_means():
    assert environment.mode_of({}) == "production"
    assert environment.mode_of({"MODE": " Demo "}) == "demo"
    with pytest.raises(environment.Unready, match="MODE is 'staging'"):
        environment.mode_of({"MODE": "staging"})


def test_the_local_key_is_made_once_and_kept_private(tmp_path):
    key = environment.local_key(tmp_path / "var")
    assert environment.local_key(tmp_path / "var") == key
    assert environment.secret_key_refusals(key) == []
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


def start(values, tmp_path):
    code = "from django.conf import settings; print(settings.DEMO, settings.DATABASES['default']['ENGINE'])"
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    fixed = {"DJANGO_SETTINGS_MODULE": "budgetcollab.settings", "VAR_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept | fixed | values, capture_output=True, text=True
    )


def test_settings_refuse_the_demo_in_production(tmp_path):
    done = start(GOOD | {"DEMO": "true"}, tmp_path)
    assert done.returncode == 1
    assert "DEMO is on in production" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_start_with_a_complete_environment(tmp_path):
    done = start(GOOD, tmp_path)
    assert (done.stdout.strip(), done.stderr) == ("False django.db.backends.postgresql", "")


def test_demo_needs_nothing(tmp_path):
    done = start({"MODE": "demo"}, tmp_path)
    assert done.stdout.strip() == "True django.db.backends.sqlite3"
    assert (tmp_path / "secret-key").exists()


def test_static_files_are_read_by_whoever_runs_it_and_uploads_by_the_app_alone():
    """In the image root gathers the static files, and somebody else serves them."""
    assert storages["staticfiles"].file_permissions_mode == 0o644
    assert storages["default"].file_permissions_mode == 0o640


def test_every_setting_is_explained_in_the_example():
    settings = (ROOT / "budgetcollab" / "settings.py").read_text()
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings)) | {"MODE"}
    example = (ROOT / ".env.example").read_text()
    told = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))
    assert read - told == set()


def test_the_example_itself_is_not_a_production_start():
    lines = (ROOT / ".env.example").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    refusals = environment.inspect(values).refusals
    assert {refusal.split(" ")[0] for refusal in refusals} == {"SECRET_KEY", "EMAIL_URL", "DATABASE_URL"}
