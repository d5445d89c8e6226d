"""Every template is used, every form that posts is guarded, nothing prints, nothing runs inline."""

import ast
import re

import pytest

from .house import ROOT, name_of, python_files, template_files, tree_of, unlisted

pytestmark = pytest.mark.once

# Folders whose templates a package looks up by name.
OVERRIDES = ("account/", "mfa/", "allauth/", "socialaccount/", "registration/", "django/", "bootstrap5/")
BY_NAME = {"403.html", "404.html", "500.html", "400.html", "403_csrf.html", "base.html"}
FORM_EXCEPTIONS: dict[str, str] = {}
PRINT_EXCEPTIONS: dict[str, str] = {
    "budgetcollab/settings.py": "warnings of a start, before logs exist",
    "budgetcollab/serve.py": "tells the address to who started it",
}

_REFERENCE = re.compile(r"""\{%-?\s*(?:include|extends|partial)\s+["']([^"'#]+)""")
_PART = re.compile(r"""\{%-?\s*part\s+"([^"]+)""")
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S | re.I)
_POSTS = re.compile(r"""<form\b[^>]*method=["']?post""", re.S | re.I)
_INLINE = re.compile(r"""<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)[^>]*>|javascript:""", re.I)


def strings_in(tree: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def unused(templates: set[str], references: set[str]) -> list[str]:
    return sorted(
        name
        for name in templates
        if name not in references and name not in BY_NAME and not name.startswith(OVERRIDES)
    )


def unguarded_forms(text: str) -> list[str]:
    """What posting forms lack: the token against forgery or the key against double submits."""
    lacks = []
    for form in _FORM.findall(text):
        if _POSTS.search(form):
            lacks += [tag for tag in ("csrf_token", "once") if f"{{% {tag} %}}" not in form]
    return lacks


def prints(tree: ast.AST) -> list[int]:
    return [
        n.lineno
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
    ]


def test_every_template_is_used():
    references = {name.partition("#")[0] for path in python_files() for name in strings_in(tree_of(path))}
    for path in template_files():
        text = path.read_text(encoding="utf-8")
        references |= set(_REFERENCE.findall(text)) | {f"parts/{name}.html" for name in _PART.findall(text)}
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in template_files()}
    assert unused(templates, references) == []


def test_the_rule_finds_an_unused_template():
    assert unused({"desk/home.html", "desk/old.html", "account/login.html"}, {"desk/home.html"}) == [
        "desk/old.html"
    ]


def test_forms_that_post_are_guarded():
    found = {}
    for path in template_files():
        inside = path.relative_to(ROOT / "templates").as_posix()
        if inside.startswith(OVERRIDES):
            continue  # their views belong to allauth, which keeps its own keys
        if lacks := unguarded_forms(path.read_text(encoding="utf-8")):
            found[name_of(path)] = f"a form that posts lacks {sorted(set(lacks))}"
    assert unlisted(found, FORM_EXCEPTIONS) == []


def test_the_rule_finds_an_unguarded_form():
    assert unguarded_forms('<form method="post"><button>Go</button></form>') == ["csrf_token", "once"]
    assert unguarded_forms('<form method="get"><button>Go</button></form>') == []
    assert unguarded_forms('<form method="post">{% csrf_token %}{% once %}</form>') == []


def test_nothing_runs_or_styles_inline():
    found = {
        name_of(path): f"carries {match.group().strip()!r}, which the policy blocks"
        for path in template_files()
        if (match := _INLINE.search(path.read_text(encoding="utf-8")))
    }
    assert unlisted(found, {}) == []


def test_the_rule_finds_inline_code():
    assert _INLINE.search('<p style="color:red">') and _INLINE.search('<a onclick="go()">')
    assert not _INLINE.search('<script src="x.js" defer></script>')


def test_nothing_prints():
    found = {
        name_of(path): f"prints in lines {lines}"
        for path in python_files()
        if (lines := prints(tree_of(path)))
    }
    assert unlisted(found, PRINT_EXCEPTIONS) == []


def test_the_rule_finds_a_print():
    assert prints(ast.parse("print('x')")) == [1]
