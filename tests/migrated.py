"""SQLite test databases begin as a copy of one that was migrated before; migrating takes 15 s each time."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def kept_at() -> Path:
    """Where the migrated copy stands; another name whenever a migration or a package changes."""
    digest = hashlib.sha256()
    for file in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "activity" / "append_only.py"]):
        digest.update(file.read_bytes())
    digest.update(repr(sorted({(d.name, d.version) for d in distributions()})).encode())
    return ROOT / ".cache" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def copied(create_test_db: Callable) -> Callable:
    """`create_test_db` of the SQLite connection, from the copy where there is one."""

    def create(*args, **kwargs) -> str:
        kept = kept_at()
        if kept.exists():
            name = connection.creation._create_test_db(0, True, kwargs.get("keepdb", False))
            connection.close()
            settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
            connection.ensure_connection()
            with sqlite3.connect(f"file:{kept}?mode=ro", uri=True) as source:
                source.backup(connection.connection)
            return name
        name = create_test_db(*args, **kwargs)
        kept.parent.mkdir(exist_ok=True)
        half = kept.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(half) as target:
            connection.connection.backup(target)
        half.replace(kept)
        return name

    return create
