"""What the rules of this folder look at: the files of the house, as text and as syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "activity", "people", "goals", "funds", "proposals", "reviews", "slates", "investments", "desk",
    "budgetcollab",
)  # fmt: skip
MODELS_OF = FLOORS[:-2]


def python_files(*folders: str) -> Iterator[Path]:
    """Our Python files, without migrations."""
    for folder in folders or FLOORS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def template_files() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))
    yield from sorted((ROOT / "templates").rglob("*.txt"))


def name_of(path: Path) -> str:
    """The path as exceptions and failures write it."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def is_view_file(path: Path) -> bool:
    return path.name == "views.py" or "views" in path.relative_to(ROOT).parts[:-1]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, decorators not counted."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def unlisted(found: dict[str, str], exceptions: dict[str, str]) -> list[str]:
    """Breaches without a listed reason, and listed reasons that nothing needs any more."""
    breaches = [f"{where}: {what}" for where, what in found.items() if where not in exceptions]
    return breaches + [
        f"{where} is listed as an exception and conforms: take it off"
        for where in exceptions
        if where not in found
    ]
