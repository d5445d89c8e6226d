"""One process for trying out and for small districts: `python -m budgetcollab.serve`.

A threaded WSGI server, a real Celery worker and its schedule live together; without Redis
they talk through memory. The queue dies with the process, so nothing that must happen lives in it.
"""

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

import django
import waitress

THREADS = 8
LONGEST_FAREWELL = 5.0  # seconds for each thread


class Background:
    """A Celery worker and a beat service on daemon threads."""

    def __init__(self) -> None:
        from budgetcollab.celery import app

        app.loader.import_default_modules()
        self.worker = app.WorkController(
            app=app, pool="solo", concurrency=1, without_gossip=True, without_mingle=True,
            without_heartbeat=True, hostname="demo@localhost", loglevel="WARNING",
        )  # fmt: skip
        self.beat = app.Beat(app=app, quiet=True).Service(
            app, max_interval=1, scheduler_cls="celery.beat:Scheduler"
        )
        self.threads = [
            threading.Thread(target=self.worker.start, name="worker", daemon=True),
            threading.Thread(target=self.beat.start, name="beat", daemon=True),
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        from celery.worker import state

        self.beat.stop()
        state.should_stop = 0  # a task in hand ends first; what it left undone is swept up later
        for thread in self.threads:
            thread.join(LONGEST_FAREWELL)


def leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def web_server(host: str, port: int) -> Any:
    from budgetcollab.wsgi import application

    try:
        return waitress.create_server(application, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        raise SystemExit(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another port with PORT=8001."
        ) from error


def first_address() -> str | None:
    """One-time address of the first administrator, while nobody has an account."""
    from django.db import DatabaseError

    from people.actions import invite_first_administrator

    try:
        return invite_first_administrator()
    except DatabaseError:  # not migrated yet; /readyz says so
        return None


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budgetcollab.settings")
    django.setup()
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    server = web_server(host, port)
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background job ignores Ctrl-C
        signal.signal(number, leave)
    background = Background()
    background.start()
    print(f"BudgetCollab is ready at http://{host}:{port}/ (end it with Ctrl-C)", flush=True)
    if welcome := first_address():
        print(f"Nobody has an account yet. Become the first administrator at {welcome}", flush=True)
    try:
        server.run()  # returns on the SystemExit of `leave`
    finally:
        background.stop()
        server.close()
        print("BudgetCollab has ended.", file=sys.stderr)


if __name__ == "__main__":
    main()
