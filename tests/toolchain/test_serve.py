"""One process serves pages, works on tasks and keeps the schedule, and ends cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.once

# A task that the schedule wakes every half second, and one that asks to be tried again.
PROOF = """
import threading, django
django.setup()
from budgetcollab.celery import app
from budgetcollab.serve import Background

woken, retried = threading.Event(), threading.Event()

@app.task(name="proof.woken")
def wake():
    woken.set()

@app.task(name="proof.retried", bind=True)
def retry(self):
    if self.request.retries == 0:
        raise self.retry(countdown=0.5)
    retried.set()

app.conf.beat_schedule = {"proof": {"task": "proof.woken", "schedule": 0.5}}
background = Background()
background.start()
retry.delay()
assert woken.wait(20), "the schedule woke nothing"
assert retried.wait(20), "a task that asked to be tried again was not"
background.stop()
alive = [thread.name for thread in background.threads if thread.is_alive()]
assert alive == [], alive
print("proved")
"""


def environment(folder, **more):
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    fixed = {"MODE": "demo", "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "budgetcollab.settings"}
    return kept | fixed | more


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_worker_and_schedule_work_in_memory(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROOF], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip()) == (0, "proved"), done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_cleanly(tmp_path, number):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "budgetcollab.serve"],
        cwd=ROOT,
        env=environment(tmp_path, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline().startswith(f"BudgetCollab is ready at http://127.0.0.1:{port}/")
        with urlopen(f"http://127.0.0.1:{port}/static/favicon.svg", timeout=10) as answer:
            assert answer.status == 200
        began = time.monotonic()
        process.send_signal(number)
        _, errors = process.communicate(timeout=15)
    finally:
        process.kill()
    assert process.returncode == 0
    assert errors.strip() == "BudgetCollab has ended."
    assert time.monotonic() - began < 10


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "budgetcollab.serve"],
            cwd=ROOT,
            env=environment(tmp_path, PORT=str(taken.getsockname()[1])),
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert "Choose another port" in done.stderr
    assert "Traceback" not in done.stderr
