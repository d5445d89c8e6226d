"""Rows that may only be added: refused in code here, and by triggers in the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, migrations, models


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove history."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed.")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} rows are never removed.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed.")


class AppendOnly(models.Model):
    """Base of the append-only models. `tests/shape` checks code and triggers of every one."""

    # SQL on OLD: the rows that the triggers let go, because what they say stands elsewhere.
    removable_if = ""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} rows are never removed.")


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  {but}
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
"""


def _guard(cursor, vendor: str, table: str, removable_if: str = "") -> None:
    if vendor == "postgresql":
        name = f"refuse_change_{table}" if removable_if else "refuse_change"
        but = f"IF TG_OP = 'DELETE' AND {removable_if} THEN RETURN OLD; END IF;" if removable_if else ""
        cursor.execute(_POSTGRES_FUNCTION.format(name=name, but=but))
        cursor.execute(
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        when = f"WHEN NOT ({removable_if})" if removable_if and verb == "DELETE" else ""
        cursor.execute(
            f"CREATE TRIGGER append_only_{verb.lower()}_{table} BEFORE {verb} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    # INSERT OR REPLACE removes a row without asking the trigger on DELETE.
    cursor.execute(
        f"CREATE TRIGGER append_only_replace_{table} BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _unguard(cursor, vendor: str, table: str) -> None:
    if vendor == "postgresql":
        cursor.execute(f"DROP TRIGGER IF EXISTS append_only_{table} ON {table}")
        return
    for verb in ("update", "delete", "replace"):
        cursor.execute(f"DROP TRIGGER IF EXISTS append_only_{verb}_{table}")


def guarded_by_triggers(*tables: str, removable_if: str = "") -> migrations.RunPython:
    """Migration operation that puts the triggers on `tables`; see `AppendOnly.removable_if`."""

    def put(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            for table in tables:
                _guard(cursor, schema_editor.connection.vendor, table, removable_if)

    def take(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            for table in tables:
                _unguard(cursor, schema_editor.connection.vendor, table)

    return migrations.RunPython(put, take)


def tables() -> dict[str, str]:
    """Tables of all append-only models, each with the condition under which a row may go."""
    from django.apps import apps

    models_ = [m for m in apps.get_models() if issubclass(m, AppendOnly)]
    return {m._meta.db_table: m.removable_if for m in models_}


@contextmanager
def guards_lifted() -> Iterator[None]:
    """For the demo's new start and for a restore only: the tables may be emptied inside the block.

    Run it inside a transaction, so that a failure brings the triggers back.
    """
    # PostgreSQL alters no table while checks of references are pending.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for table in tables():
            _unguard(cursor, connection.vendor, table)
        yield
        connection.check_constraints()
        for table, removable_if in tables().items():
            _guard(cursor, connection.vendor, table, removable_if)
