"""Migrations are complete, and every app has one line of them."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .house import MODELS_OF


def forks(graph, app: str) -> list[str]:
    """Migrations of an app that have two followers in it, or more than one end."""
    keys = [key for key in graph.nodes if key[0] == app]
    followers = {
        key: [child.key for child in graph.node_map[key].children if child.key[0] == app] for key in keys
    }
    ends = [key for key in keys if not followers[key]]
    forked = [f"{app}.{key[1]}" for key in keys if len(followers[key]) > 1]
    return forked + ([f"{app} ends twice: {ends}"] if len(ends) > 1 else [])


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_are_linear():
    graph = MigrationLoader(connection).graph
    assert [fork for app in MODELS_OF for fork in forks(graph, app)] == []


@pytest.mark.django_db
def test_the_rule_finds_a_fork():
    graph = MigrationLoader(connection).graph
    node = graph.node_map[("activity", "0001_initial")]
    graph.add_node(("activity", "0002_other"), None)
    graph.add_dependency(None, ("activity", "0002_other"), node.key)
    assert any("0001_initial" in fork for fork in forks(graph, "activity"))
