"""Size budgets: what grows beyond them is split, or listed here with its reason."""

import ast

import pytest

from .house import (
    FLOORS,
    functions,
    is_view_file,
    length,
    name_of,
    python_files,
    template_files,
    tree_of,
    unlisted,
)

pytestmark = pytest.mark.once

FILE, FUNCTION, VIEW, TEMPLATE = 300, 40, 25, 150
FILE_EXCEPTIONS: dict[str, str] = {}
FUNCTION_EXCEPTIONS: dict[str, str] = {}
TEMPLATE_EXCEPTIONS: dict[str, str] = {}


def lines_of(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions(tree: ast.AST, most: int) -> dict[str, int]:
    return {f.name: length(f) for f in functions(tree) if length(f) > most}


def test_files_are_short():
    found = {
        name_of(path): f"{lines_of(path)} lines, at most {FILE}"
        for path in python_files(*FLOORS, "tests", "tools", "benchmarks")
        if lines_of(path) > FILE
    }
    assert unlisted(found, FILE_EXCEPTIONS) == []


def test_functions_are_short():
    found = {}
    for path in python_files():
        most = VIEW if is_view_file(path) else FUNCTION
        for name, count in long_functions(tree_of(path), most).items():
            found[f"{name_of(path)}:{name}"] = f"{count} lines, at most {most}"
    assert unlisted(found, FUNCTION_EXCEPTIONS) == []


def test_templates_are_short():
    found = {
        name_of(path): f"{lines_of(path)} lines, at most {TEMPLATE}"
        for path in template_files()
        if lines_of(path) > TEMPLATE
    }
    assert unlisted(found, TEMPLATE_EXCEPTIONS) == []


def test_the_rule_finds_a_long_function():
    code = "def long():\n" + "    x = 1\n" * 41
    assert long_functions(ast.parse(code), FUNCTION) == {"long": 42}
