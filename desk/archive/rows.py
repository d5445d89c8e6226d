"""Rows of our tables as JSON lines and back. Every digit is kept: digests are computed over them."""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

# What every database has of its own, or what means nothing in another one.
LEFT_OUT = {"contenttypes", "sessions", "auth"}
LEFT_OUT_MODELS = {"activity.Once", "activity.Heartbeat", "activity.MailPause"}
BATCH = 500


def stored_models() -> list[type[models.Model]]:
    """Models whose rows an archive holds, tables between two models included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT
        and model._meta.label not in LEFT_OUT_MODELS
        and model._meta.managed
        and not model._meta.proxy
    ]


def migrations() -> dict[str, list[str]]:
    """Applied migrations by app: an archive fits the tables that it was taken from."""
    names: dict[str, list[str]] = {label: [] for label in sorted(m._meta.app_label for m in stored_models())}
    for label, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if label in names:
            names[label].append(name)
    return names


def is_empty() -> bool:
    """Has this database no people yet?"""
    return not apps.get_model("people.User")._base_manager.exists()


def dump(path: Path) -> dict[str, int]:
    """Write all rows, as they stood at one moment; returns how many of each model."""
    counts: Counter[str] = Counter()
    with path.open("w", encoding="utf-8") as file, _one_moment():
        for model in stored_models():
            names = [field.attname for field in model._meta.concrete_fields]
            for values in model._base_manager.order_by("pk").values_list(*names).iterator(2000):
                line = [model._meta.label, dict(zip(names, values, strict=True))]
                file.write(json.dumps(line, default=_plain) + "\n")
                counts[model._meta.label] += 1
    return dict(counts)


def _one_moment() -> AbstractContextManager:
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        return _repeatable_read()
    return transaction.atomic()


@contextmanager
def _repeatable_read() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()  # as `BinaryField.to_python` reads it
    raise TypeError(f"A value of type {type(value).__name__} has no place in an archive yet.")


def clear() -> None:
    """Empty our tables; inside a transaction, with the guards of history lifted."""
    with connection.cursor() as cursor:
        for table in [model._meta.db_table for model in stored_models()] + ["django_session"]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 (our own names)


def load(path: Path) -> dict[str, int]:
    """Write the rows of a file into empty tables; references are checked at the end."""
    counts: Counter[str] = Counter()
    with path.open(encoding="utf-8") as file:
        lines = (json.loads(line) for line in file)
        for label, rows in groupby(lines, key=lambda line: line[0]):
            model = apps.get_model(label)
            for batch in _batches((values for _, values in rows), BATCH):
                model._base_manager.bulk_create([_row(model, values) for values in batch])
                counts[label] += len(batch)
    connection.check_constraints()
    _set_sequences()
    return dict(counts)


def _batches(rows: Iterable[dict], size: int) -> Iterator[list[dict]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _row(model: type[models.Model], values: dict) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items()})


def _set_sequences() -> None:
    """The next new row gets a number behind the restored ones (SQLite sees to it by itself)."""
    statements = connection.ops.sequence_reset_sql(no_style(), stored_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
