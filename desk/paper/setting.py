"""The one call that sets a document: Typst in a process of its own, so that a web worker stays small.

Values travel as data (`sys.inputs`), never as source, so nothing that a person typed is a command.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# Seconds; a proposal takes about a fifth of one.
LONGEST = 60


class NotSet(Exception):
    """The document could not be set; the message is the typesetter's."""


def pdf_of(template: str, values: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) of `values` by `template`, a file of this folder. Raises NotSet."""
    done = subprocess.run(
        [sys.executable, "-I", str(HERE / "setting.py"), str(HERE / template)],
        input=json.dumps(values).encode(), capture_output=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _set(template: str) -> None:
    import typst

    pdf = typst.compile(
        template, root=str(HERE), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
    )  # fmt: skip
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    _set(sys.argv[1])
