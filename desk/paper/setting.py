"""The one call that sets a document: Typst in a process of its own, so that a web worker stays small.

Values travel as data (`sys.inputs`), never as source, so nothing that a person typed is a command.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# Seconds, and of its processors; a proposal takes about a fifth of one, with every section as long as
# it may be about two.
LONGEST, MOST_WORK = 40, 20
# What its process may map; that longest proposal takes 370 MB.
MOST_MEMORY = 1024 * 1024 * 1024


class NotSet(Exception):
    """The document could not be set; the message is the typesetter's."""


def pdf_of(template: str, values: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) of `values` by `template`, a file of this folder. Raises NotSet."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(HERE / "setting.py"), str(HERE / template)],
            input=json.dumps(values).encode(), capture_output=True, timeout=LONGEST, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotSet(f"It took longer than {LONGEST} seconds.") from None
    if done.returncode:
        told = done.stderr.decode(errors="replace")[-2000:]
        raise NotSet(told or f"The typesetter was stopped ({done.returncode}).")
    return done.stdout


def _limit() -> None:
    """What one document takes leaves the rest of the machine alone."""
    os.environ["RAYON_NUM_THREADS"] = "2"  # each thread maps memory of its own
    if sys.platform != "linux":
        return  # elsewhere the clock alone ends it
    import resource

    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_WORK)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _set(template: str) -> None:
    _limit()
    import typst

    pdf = typst.compile(
        template, root=str(HERE), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
    )  # fmt: skip
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    _set(sys.argv[1])
