"""Find a Chromium, or unpack the one that an npm package carries.

The package serves cloud functions: a brotli-packed headless Chromium and the libraries it
needs. Its own launch flags weaken the browser's safety, so none of them is used.
"""

import io
import json
import os
import shutil
import sys
import tarfile
import tempfile
from contextlib import ExitStack
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
START = """#!/bin/sh
export LD_LIBRARY_PATH="{lib}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE="{fonts}"
exec "{browser}" "$@"
"""


def find(stack: ExitStack, folder: Path) -> str | None:
    if not os.environ.get("PACKAGED_SERVERS"):
        on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
        if on_path or Path(MAC).exists():
            return on_path or MAC
    return unpack()


def unpack() -> str | None:
    """Unpack once for each version of the package."""
    if not sys.platform.startswith("linux") or not (PACKAGE / "bin" / "chromium.br").exists():
        return None
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    target = ROOT / ".cache" / f"chromium-{version}"
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=cache_folder()) as name:
            unpack_into(Path(name) / "new")
            (Path(name) / "new").rename(target)
    return str(write_start(target))


def cache_folder() -> Path:
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    return folder


def unpack_into(folder: Path) -> None:
    folder.mkdir()
    browser = folder / "headless_shell"
    browser.write_bytes(brotli.decompress((PACKAGE / "bin" / "chromium.br").read_bytes()))
    browser.chmod(0o755)
    for name in ("al2023", "swiftshader", "fonts"):
        packed = PACKAGE / "bin" / f"{name}.tar.br"
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(packed.read_bytes()))) as archive:
            archive.extractall(folder, filter="data")


def write_start(target: Path) -> Path:
    """Written at every start, since it names absolute paths and a clone may move."""
    configuration, start = target / "fonts.conf", target / "chromium"
    configuration.write_text(FONTS.format(fonts=target / "fonts", cache=target / "fonts-cache"))
    start.write_text(START.format(lib=target / "lib", fonts=configuration, browser=target / "headless_shell"))
    start.chmod(0o755)
    return start


if __name__ == "__main__":
    with ExitStack() as nothing:
        print(find(nothing, ROOT) or "none")
