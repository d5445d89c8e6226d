"""Run a command beside the servers that the tests talk to.

    python tools/services.py postgres redis chromium -- pytest

Each part comes from the environment where it is named there (TEST_DATABASE_URL or
DATABASE_URL, TEST_REDIS_URL or REDIS_URL, CHROMIUM), else from the path, else from a locked
package that carries it. Only what was started here is ended here. A missing part ends the run
in CI; elsewhere its tests are skipped and say so.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import chromium
import servers

Start = Callable[[ExitStack, Path], str | None]
PARTS: dict[str, tuple[str, tuple[str, ...], Start]] = {
    "postgres": ("TEST_DATABASE_URL", ("TEST_DATABASE_URL", "DATABASE_URL"), servers.postgres),
    "redis": ("TEST_REDIS_URL", ("TEST_REDIS_URL", "REDIS_URL"), servers.redis),
    "chromium": ("CHROMIUM", ("CHROMIUM",), chromium.find),
}


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def given(names: tuple[str, ...]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def provide(wanted: list[str], stack: ExitStack, folder: Path) -> dict[str, str]:
    found = {}
    for part in wanted:
        target, names, start = PARTS[part]
        value = given(names)
        origin = "from the environment" if value else "found or started here"
        value = value or start(stack, folder)
        if value:
            found[target] = value
            print(f"{part}: {origin}", flush=True)
        elif in_ci():
            raise SystemExit(f"{part} is missing: in CI nothing is skipped.")
        else:
            print(f"{part}: missing, its tests are skipped (name one in {names[0]})", flush=True)
    return found


def main(arguments: list[str]) -> int:
    if "--" not in arguments:
        raise SystemExit(__doc__)
    cut = arguments.index("--")
    wanted, command = arguments[:cut], arguments[cut + 1 :]
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="budgetcollab-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        environment = os.environ | provide(wanted, stack, folder)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command hears Ctrl-C by itself
        return subprocess.Popen(
            command, env=environment,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ).wait()  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
