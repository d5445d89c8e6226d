"""Whoever acts leaves an Entry, and nothing half-written: every verb records and is atomic."""

import ast
import re

import pytest

from .house import FLOORS, ROOT, name_of, python_files, tree_of, unlisted

pytestmark = pytest.mark.once

RECORDS = {"record", "record_rule", "record_goal", "entry_for", "pass_on"}

# Functions that take `by` and are no verb of their own, with the reason.
EXCEPTIONS: dict[str, str] = {
    "proposals: freeze_version": "a part of submitting, deciding and calling for sign-on, which record",
    "proposals: edit_section": "one section, by way of edit_sections, which is atomic",
}


def calls(function: ast.FunctionDef) -> set[str]:
    """Names of what a function calls."""
    found = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {getattr(called, "attr", getattr(called, "id", "")) for called in found}


def takes_by(function: ast.FunctionDef) -> bool:
    return any(argument.arg == "by" for argument in function.args.kwonlyargs)


def is_atomic(function: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def faults(trees: list[ast.Module], known: set[str] = RECORDS) -> dict[str, str]:
    """Fault by name of the verb, over the files of one package of actions."""
    functions = [n for tree in trees for n in tree.body if isinstance(n, ast.FunctionDef)]
    recording = set(known)
    for _ in functions:  # a verb may record through another one, and that through a third
        recording |= {f.name for f in functions if calls(f) & recording}
    found = {}
    for verb in functions:
        if verb.name.startswith("_") or not takes_by(verb):
            continue
        lacks = [] if verb.name in recording else ["leaves no Entry"]
        lacks += [] if is_atomic(verb) or verb.name in RECORDS else ["is not atomic"]
        if lacks:
            found[verb.name] = " and ".join(lacks)
    return found


def packages() -> dict[str, list[ast.Module]]:
    found: dict[str, list[ast.Module]] = {}
    for floor in FLOORS[1:-1]:
        paths = [ROOT / floor / "actions.py", *sorted((ROOT / floor / "actions").glob("*.py"))]
        trees = [tree_of(path) for path in paths if path.exists()]
        if trees:
            found[name_of(ROOT / floor)] = trees
    return found


def test_every_verb_records_and_is_atomic():
    found = {}
    lower: set[str] = set(RECORDS)
    for floor, trees in packages().items():
        found |= {f"{floor}: {verb}": what for verb, what in faults(trees, lower).items()}
        named = [f for tree in trees for f in tree.body if isinstance(f, ast.FunctionDef)]
        lower |= {f.name for f in named if calls(f) & lower}
    assert unlisted(found, EXCEPTIONS) == []


WRITES = {"record", "record_rule", "record_goal", "entry_for", "tell"}


def odd_words(tree: ast.AST) -> list[str]:
    """Verbs of entries, written out where one is made, that are not plain words."""
    made = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    named = (c.args[0] for c in made if getattr(c.func, "attr", getattr(c.func, "id", "")) in WRITES)
    words = [a.value for a in named if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return [word for word in words if not re.fullmatch(r"[a-z]+( [a-z]+)*", word)]


def test_history_names_each_act_in_plain_words():
    found = {name_of(p): ", ".join(odd) for p in python_files() if (odd := odd_words(tree_of(p)))}
    assert found == {}


@pytest.mark.parametrize(("verb", "odd"), [("send ask", []), ("send_ask", ["send_ask"]), ("Send", ["Send"])])
def test_the_rule_finds_a_verb_that_is_no_plain_words(verb, odd):
    assert odd_words(ast.parse(f"past.tell('{verb}', ask, 'sent it')")) == odd


VERB = "@transaction.atomic\ndef clear(*, by):\n    {}\n\ndef _say(by):\n    record('clear', by=by)"


@pytest.mark.parametrize("does", ["record('clear', by=by)", "return _say(by)", "return pass_on(by=by)"])
def test_the_rule_lets_a_verb_that_records_pass(does):
    assert faults([ast.parse(VERB.format(does))]) == {}


def test_the_rule_finds_a_silent_verb_and_one_that_is_not_atomic():
    assert faults([ast.parse(VERB.format("row.save()"))]) == {"clear": "leaves no Entry"}
    bare = VERB.format("_say(by)").removeprefix("@transaction.atomic\n")
    assert faults([ast.parse(bare)]) == {"clear": "is not atomic"}
