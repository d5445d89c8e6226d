"""Renew the locks: hash-pinned requirements files that name no host.

uv's own lock records index addresses, so it is made in a throw-away folder and only its
export enters the repository.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = {
    "requirements.lock": ["--no-dev"],
    "requirements-dev.lock": ["--group", "dev"],
    "requirements-node.lock": ["--only-group", "node"],
}
PLAIN = ["--no-emit-project", "--no-header", "--no-annotate", "--format", "requirements.txt"]


def uv(*arguments: str, folder: Path) -> str:
    command = [str(Path(sys.executable).with_name("uv")), *arguments]
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}
    done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "pyproject.toml", folder)
        uv("lock", "--quiet", folder=folder)
        for target, choice in EXPORTS.items():
            text = uv("export", "--quiet", "--frozen", *PLAIN, *choice, folder=folder)
            if "://" in text:
                raise SystemExit(f"{target} would name an address; nothing was written.")
            (ROOT / target).write_text(text)
            print(f"{target}: {text.count('==')} packages")


if __name__ == "__main__":
    main()
