"""Who-and-when pairs are constrained, history is guarded in code and by triggers."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q

from activity.actions import entry_for
from activity.append_only import AppendOnly, AppendOnlyError
from activity.models import DemoClock, Entry

from .house import MODELS_OF, unlisted

# Rows of a workbook do not always say who acted; the reason stands beside each.
PAIR_EXCEPTIONS = {
    "proposals.Proposal.created": "an imported proposal was begun by nobody in particular",
    "slates.Slate.created": "an imported slate was begun by nobody in particular",
}


def our_models():
    return [m for m in apps.get_models(include_auto_created=False) if m._meta.app_label in MODELS_OF]


def fields_of(condition) -> set[str]:
    """Names of the columns that a condition speaks of."""
    if isinstance(condition, Q):
        return set().union(*(fields_of(child) for child in condition.children))
    return {condition[0].split("__")[0]} if isinstance(condition, tuple) else set()


def loose_pairs(model: type[models.Model]) -> dict[str, str]:
    """Acts whose `_at` and `_by` can be half filled."""
    names = {f.name: f for f in model._meta.concrete_fields}
    checks = [
        fields_of(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    ]
    found = {}
    for act in sorted(n.removesuffix("_at") for n in names if n.endswith("_at")):
        at, by = names[f"{act}_at"], names.get(f"{act}_by")
        if by is None or not (at.null or by.null):
            continue
        needed = {f.name for f in (at, by) if f.null}
        if not any(needed <= check for check in checks):
            found[f"{model._meta.label}.{act}"] = "when and who can be filled one without the other"
    return found


def append_only_models():
    return [m for m in apps.get_models() if issubclass(m, AppendOnly)]


@pytest.mark.once
def test_every_when_and_who_is_a_pair():
    found = {}
    for model in our_models():
        found |= loose_pairs(model)
    assert unlisted(found, PAIR_EXCEPTIONS) == []


@pytest.mark.once
def test_the_rule_finds_a_loose_pair():
    class Loose(models.Model):
        sent_at = models.DateTimeField(null=True)
        sent_by = models.IntegerField(null=True)

        class Meta:
            app_label = "shape_of_tests"

        def __str__(self):
            return ""

    assert list(loose_pairs(Loose)) == ["shape_of_tests.Loose.sent"]
    del apps.all_models["shape_of_tests"]


@pytest.mark.once
@pytest.mark.parametrize("model", append_only_models(), ids=lambda m: m._meta.label)
def test_append_only_models_refuse_in_code(model):
    for change in (
        lambda: model.objects.all().delete(),
        lambda: model.objects.update(pk=1),
        lambda: model.objects.bulk_update([], ["id"]),
        lambda: model(pk=1).delete(),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def triggers_on(table: str) -> set[str]:
    """What the running database refuses on a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type='trigger' AND tbl_name=%s", [table])
            return {word for (sql,) in cursor.fetchall() for word in ("UPDATE", "DELETE") if word in sql}
        cursor.execute(
            "SELECT event_manipulation FROM information_schema.triggers WHERE event_object_table=%s",
            [table],
        )
        return {event for (event,) in cursor.fetchall()}


@pytest.mark.django_db
def test_append_only_tables_carry_triggers():
    bare = [
        m._meta.label
        for m in append_only_models()
        if not triggers_on(m._meta.db_table) >= {"UPDATE", "DELETE"}
    ]
    assert bare == []


@pytest.mark.django_db
def test_the_rule_finds_a_table_without_triggers():
    assert triggers_on("activity_once") == set()


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE activity_entry SET sentence='x'", "DELETE FROM activity_entry"])
def test_the_database_itself_refuses_to_rewrite_history(sql):
    entry_for("tell", DemoClock(pk=1), "told it").save()
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.get().sentence == "told it"
