"""What the environment must say before this app starts. Pure functions, tested without Django.

Each refusal is one sentence that names the setting and what to do about it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MODES = ("production", "demo", "test")
SHORTEST_KEY = 50
FEWEST_DIFFERENT = 10
PLACEHOLDERS = ("change-me", "changeme", "insecure", "secret-key", "replace")
ON = ("1", "true", "yes", "on", "y", "t")


class Unready(SystemExit):
    """A setting is missing or weak: the start stops with the sentences that name it."""


@dataclass(frozen=True)
class Findings:
    """`refusals` stop the start; `warnings` are printed and the app starts."""

    refusals: list[str]
    warnings: list[str]


def is_on(value: str) -> bool:
    return value.strip().lower() in ON


def mode_of(values: Mapping[str, str]) -> str:
    """Production unless the environment says otherwise: forgetting it must be safe."""
    mode = values.get("MODE", "").strip().lower() or "production"
    if mode not in MODES:
        raise Unready(f"MODE is {mode!r}: it must be production or demo.")
    return mode


def inspect(values: Mapping[str, str]) -> Findings:
    """Judge the environment of a production start."""
    found = [
        *secret_key_refusals(values.get("SECRET_KEY", "")),
        *demo_refusals(values.get("DEMO", "")),
        *host_refusals(values.get("ALLOWED_HOSTS", "")),
        *address_refusals(values.get("PUBLIC_URL", "")),
        *mail_refusals(values.get("EMAIL_URL", ""), values.get("MAIL_PAUSED", "")),
        *database_refusals(values.get("DATABASE_URL", "")),
    ]
    return Findings(found, production_warnings(values))


def secret_key_refusals(key: str) -> list[str]:
    advice = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
    if not key:
        return [f"SECRET_KEY is missing: {advice}."]
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DIFFERENT:
        return [f"SECRET_KEY is too weak (at least {SHORTEST_KEY} random characters): {advice}."]
    if any(word in key.lower() for word in PLACEHOLDERS):
        return [f"SECRET_KEY is still the placeholder of an example: {advice}."]
    return []


def demo_refusals(demo: str) -> list[str]:
    if is_on(demo):
        return [
            "DEMO is on in production, where it would let anybody act as anybody: "
            "remove DEMO, or set MODE=demo on a machine that holds no real data."
        ]
    return []


def host_refusals(hosts: str) -> list[str]:
    names = [name.strip() for name in hosts.split(",") if name.strip()]
    if not names:
        return ["ALLOWED_HOSTS is missing: name the hosts under which people reach this app."]
    if "*" in names:
        return ["ALLOWED_HOSTS holds '*', which trusts every host: name the hosts instead."]
    return []


def address_refusals(address: str) -> list[str]:
    if not address:
        return ["PUBLIC_URL is missing: links in mails need the address people use."]
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ["PUBLIC_URL is not an address: it must begin with https and name a host."]
    return []


def mail_refusals(url: str, paused: str) -> list[str]:
    if url or is_on(paused):
        return []
    return ["EMAIL_URL is missing: set it, or MAIL_PAUSED=true to hold all outgoing mail."]


def database_refusals(url: str) -> list[str]:
    if not url:
        return ["DATABASE_URL is missing: name the PostgreSQL database (or a SQLite file)."]
    scheme = urlsplit(url).scheme
    if scheme not in ("postgres", "postgresql", "pgsql", "sqlite"):
        return [f"DATABASE_URL names {scheme or 'no'} database: use postgres or sqlite."]
    return []


def production_warnings(values: Mapping[str, str]) -> list[str]:
    found = []
    if urlsplit(values.get("DATABASE_URL", "")).scheme == "sqlite":
        found.append(
            "DATABASE_URL names a SQLite file: this suits one small district in one process; "
            "use PostgreSQL for more."
        )
    if not values.get("REDIS_URL"):
        found.append(
            "REDIS_URL is missing: only the one-process server (python -m budgetcollab.serve) "
            "does background work without it."
        )
    return found


def require(values: Mapping[str, str]) -> list[str]:
    """Stop a production start that is not ready; return the warnings of one that is."""
    findings = inspect(values)
    if findings.refusals:
        lines = "\n".join(f"  - {sentence}" for sentence in findings.refusals)
        raise Unready(f"BudgetCollab cannot start in production:\n{lines}")
    return findings.warnings


def local_key(folder: Path) -> str:
    """The generated key of a demo, kept beside its data so that sessions survive a restart."""
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()
