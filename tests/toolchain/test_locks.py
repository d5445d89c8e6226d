"""The locks name packages and hashes, never a host: they install from wherever one is."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.lock"))


def test_every_requirements_lock_is_looked_at():
    assert REQUIREMENTS == ["requirements-dev.lock", "requirements-node.lock", "requirements.lock"]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_host(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index-url" not in text and "--find-links" not in text


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_are_pinned_with_hashes(name):
    blocks = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    pinned = [block for block in blocks if block.strip()]
    assert pinned
    assert [block for block in pinned if "==" not in block or "--hash=sha256:" not in block] == []


def test_the_front_end_lock_records_no_address():
    text = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert '"integrity"' in text


def test_dev_lock_installs_the_same_runtime():
    def pins(name):
        return {line.split(" ")[0] for line in (ROOT / name).read_text().splitlines() if "==" in line}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_front_end_packages_are_pinned_exactly():
    import json

    wanted = json.loads((ROOT / "package.json").read_text())
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert [name for name, version in versions.items() if not version[0].isdigit()] == []
    assert versions["htmx.org"].startswith("2.0.")
