"""Format every template with djade; with --check only say which are not formatted."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    found = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))
    found += sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("*/templates/**/*.html"))
    command = [str(Path(sys.executable).with_name("djade")), "--target-version", "5.2", *sys.argv[1:]]
    sys.exit(subprocess.run([*command, *found], cwd=ROOT).returncode if found else 0)
