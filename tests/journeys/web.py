"""The server as in production: gunicorn in processes of its own, which can be killed and begun again."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from tests.shape.house import ROOT


class Web:
    """Two web processes on the database of the test."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        server = urlsplit(os.environ["DATABASE_URL"])
        database = urlunsplit(server._replace(path=f"/{connection.settings_dict['NAME']}"))
        self.env = os.environ | {"DATABASE_URL": database, "PUBLIC_URL": self.address}
        self.env["DJANGO_SETTINGS_MODULE"] = "budgetcollab.settings"
        self.process: subprocess.Popen | None = None

    def begin(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "budgetcollab.wsgi", "--workers=2", "--threads=2",
                   f"--bind=127.0.0.1:{self.port}", "--log-level=error"]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, start_new_session=True)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("gunicorn did not begin")

    def kill(self) -> None:
        """All of it, in the midst of whatever it does."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None
