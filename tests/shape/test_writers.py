"""Status is written by `advance()` alone, and views write nothing at all."""

import ast

import pytest

from .house import is_view_file, name_of, python_files, tree_of, unlisted

pytestmark = pytest.mark.once

ORM_WRITES = {
    "save", "create", "update", "delete", "get_or_create", "update_or_create",
    "bulk_create", "bulk_update", "asave", "acreate", "aupdate", "adelete",
}  # fmt: skip

# Statuses that are no baton: they say how a row stands, and nobody waits for them to pass on.
STATUS_EXCEPTIONS: dict[str, str] = {}
VIEW_EXCEPTIONS: dict[str, str] = {}


def status_writes(tree: ast.AST) -> list[int]:
    """Lines that assign `.status`, or hand `status` to an update."""
    return sorted({node.lineno for node in ast.walk(tree) if _assigns(node) or _updates(node)})


def _assigns(node: ast.AST) -> bool:
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return False
    return any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets)


def _updates(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called in ("update", "aupdate"):
        return any(keyword.arg == "status" for keyword in node.keywords)
    if called in ("bulk_update", "setattr"):
        return any(isinstance(n, ast.Constant) and n.value == "status" for n in ast.walk(node))
    return False


def orm_writes(tree: ast.AST) -> list[int]:
    """Lines that call a method which writes rows."""
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ORM_WRITES
    )


def _is_import_room(path) -> bool:
    return path.name == "imports.py" or "imports" in path.parts


def test_status_is_written_by_advance_alone():
    found = {}
    for path in python_files():
        if path.name != "workflow.py" and not _is_import_room(path):
            for line in status_writes(tree_of(path)):
                found.setdefault(name_of(path), f"writes a status in line {line}")
    assert unlisted(found, STATUS_EXCEPTIONS) == []


@pytest.mark.parametrize(
    "code",
    [
        "proposal.status = 'vetted'",
        "Proposal.objects.filter(pk=1).update(status='vetted')",
        "Proposal.objects.bulk_update(rows, ['status'])",
        "setattr(proposal, 'status', 'vetted')",
    ],
)
def test_the_rule_finds_a_status_written_elsewhere(code):
    assert status_writes(ast.parse(code)) == [1]


def test_the_rule_lets_reading_pass():
    assert status_writes(ast.parse("rows = Proposal.objects.filter(status='draft')\nx = p.status")) == []


def test_views_write_nothing():
    found = {
        name_of(path): f"writes rows in lines {lines}"
        for path in python_files()
        if is_view_file(path) and (lines := orm_writes(tree_of(path)))
    }
    assert unlisted(found, VIEW_EXCEPTIONS) == []


@pytest.mark.parametrize("code", ["form.save()", "Ask.objects.create(x=1)", "rows.delete()"])
def test_the_rule_finds_a_write_in_a_view(code):
    assert orm_writes(ast.parse(code)) == [1]
