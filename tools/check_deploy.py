"""`manage.py check --deploy` with the settings of a production start; any warning fails."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "budget.example",
    "PUBLIC_URL": "https://budget.example",
    "DATABASE_URL": "postgres://app:word@127.0.0.1/app",
    "REDIS_URL": "redis://127.0.0.1/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "VAR_DIR": str(ROOT / ".cache" / "check"),
}

if __name__ == "__main__":
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(command, cwd=ROOT, env=kept | PRODUCTION).returncode)
