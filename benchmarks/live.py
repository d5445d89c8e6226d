"""Measure writing together: two web processes, 40 people over 20 proposals, then as many edits as go.

    make bench                                       the pages, then this
    python benchmarks/live.py --seconds 20 --edits 2000
    python benchmarks/live.py --dry                  leave docs/benchmarks.md as it is

Every acknowledged word is looked for at the end; a lost one, or an answer that takes longer than promised,
ends the run with an error.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.page import put, verdict  # noqa: E402
from benchmarks.run import district_of, machine, set_up  # noqa: E402

PROPOSALS, PROCESSES, THREADS, MOST_MS = 20, 2, 8, 50


class Person:
    """Somebody who writes in one section, by a browser's requests."""

    def __init__(self, port: int, proposal, user, kind: str) -> None:
        from django.test import Client

        from tests.proposals.editors import Editor

        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.editor, self.kind = Editor(kind), kind
        self.path, self.token = f"/proposals/{proposal.pk}/live/", ""
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.times: list[float] = []
        self.said: list[str] = []

    def ask(self) -> None:
        here = quote(json.dumps(self.editor.here()))
        status, answer = self._request("GET", f"{self.path}?since={self.editor.since}&here={here}")
        assert status == 200, (status, answer)
        self.token = answer["token"]
        self.editor.take(answer)

    def write(self, word: str) -> None:
        """Write a word, and send it until it is acknowledged."""
        update = self.editor.write(word)
        sent = {"since": self.editor.since, "updates": [update], "here": self.editor.here()}
        while True:
            start = time.perf_counter()
            status, answer = self._request("POST", self.path, json.dumps(sent))
            if status == 200:
                break
            assert status == 429, (status, answer)
            time.sleep(0.2)
        self.times.append(time.perf_counter() - start)
        assert answer["accepted"] == [update["key"]], answer
        self.said.append(word)
        self.editor.take(answer)

    def _request(self, method: str, path: str, body: str | None = None) -> tuple[int, dict]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/json", "X-CSRFToken": self.token}
        try:
            self.line.request(method, path, body, headers)
            response = self.line.getresponse()
        except (ConnectionError, http.client.HTTPException):
            # The server closes a line that was quiet; what is sent again is known by its key.
            self.line.close()
            return self._request(method, path, body)
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, json.loads(response.read())


@contextmanager
def web_processes() -> Iterator[tuple[int, subprocess.Popen]]:
    """The server as in production: processes and threads of gunicorn on the bench's database; its port."""
    from django.db import connection

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    url = urlunsplit(address._replace(path=f"/{name}"))
    redis = os.environ.get("TEST_REDIS_URL") or os.environ.get("REDIS_URL", "")
    command = [
        sys.executable, "-m", "gunicorn", "budgetcollab.wsgi", "--workers", str(PROCESSES), "--threads",
        str(THREADS), "--bind", f"127.0.0.1:{port}", "--timeout", "120", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url, "REDIS_URL": redis})
    try:
        for _ in range(100):
            time.sleep(0.1)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port, server
    finally:
        server.terminate()
        server.wait(20)


def processor_of(server: subprocess.Popen) -> float:
    """Seconds of processor time that the server and its processes have used so far."""
    command = ["ps", "-o", "cputimes=", "-p", str(server.pid), "--ppid", str(server.pid)]
    return sum(map(float, subprocess.check_output(command, text=True).split()))


def drafts() -> list[tuple]:
    """Proposals open for their sponsors, each with two people of the lead."""
    from goals.models import Stage
    from people.models import User
    from proposals.models import Proposal

    Stage.objects.filter(kind="drafting").update(closes="2099-12-31")
    found = []
    for proposal in Proposal.objects.order_by("pk")[:PROPOSALS]:
        Proposal.objects.filter(pk=proposal.pk).update(status="draft", submitted_at=None, submitted_by=None)
        unit = proposal.lead
        emails = [f"writer{n}.{proposal.pk}@bench.example" for n in (1, 2)]
        people = [User.objects.create_user(email, name=email, unit=unit) for email in emails]
        found.append((proposal, people))
    return found


def at_once(acts) -> None:
    wrong = []

    def run(act):
        try:
            act()
        except BaseException as error:
            wrong.append(error)
            raise

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{len(wrong)} writers failed, first: {wrong[0]!r}")


def typing(people: list[Person], seconds: float) -> list[float]:
    """Everybody writes a word a second; what each answer took."""

    def act(n: int, person: Person):
        def write():
            person.ask()
            end, k = time.time() + seconds, 0
            time.sleep(n / len(people))
            while time.time() < end:
                began = time.time()
                person.write(f"t{n}x{k}x")
                k += 1
                time.sleep(max(0.0, began + 1 - time.time()))

        return write

    at_once([act(n, person) for n, person in enumerate(people)])
    return [took for person in people for took in person.times]


def flooding(people: list[Person], edits: int) -> tuple[int, float]:
    """As many edits as go, a few writers to a section, while old rows are merged away."""
    from django.db import connection
    from django.utils import timezone

    from proposals.actions.compaction import compact

    stop, start = threading.Event(), time.perf_counter()
    keys = {int(person.path.split("/")[2]) for person in people}

    def merge():
        while not stop.wait(1):
            for pk in keys:
                compact(pk, timezone.now())
        connection.close()

    def act(n: int, person: Person):
        def write():
            person.ask()
            for k in range(edits // len(people)):
                person.write(f"f{n}x{k}x")

        return write

    merging = threading.Thread(target=merge)
    merging.start()
    at_once([act(n, person) for n, person in enumerate(people)])
    stop.set()
    merging.join()
    return sum(len(person.said) for person in people), time.perf_counter() - start


def lost(people: list[Person]) -> int:
    """Acknowledged words that the sections do not hold, and those that a new reader is not told."""
    from proposals.models import Section

    missing = 0
    for person in people:
        section = Section.objects.get(proposal=person.path.split("/")[2], kind=person.kind)
        person.editor.since = 0
        person.ask()
        texts = (section.text, person.editor.text)
        missing += sum(any(word not in text for text in texts) for word in person.said)
    return missing


def report(times: list[float], spent: float, edits: int, seconds: float, missing: int) -> list[str]:
    median, ninety = statistics.median(times) * 1000, statistics.quantiles(times, n=20)[18] * 1000
    return [
        "## Writing together", "",
        f"Written by `benchmarks/live.py`: {PROCESSES} gunicorn processes and the writers on one machine. "
        "An answer is timed from the request to its last byte. As fast as they go is as fast as the server "
        "lets one person ask: 100 times in ten seconds.", "",
        f"Measured {machine()}.", "",
        "| What | Figure | Promise |", "|---|---:|---|",
        f"| Answer to an update, {2 * PROPOSALS} people on {PROPOSALS} proposals, a word a second, median "
        f"| {median:.0f} ms | {verdict(median, MOST_MS)} |",
        f"| The same, 95 of 100 within | {ninety:.0f} ms | |",
        f"| Processor of the web processes for an answer | {spent / len(times) * 1000:.1f} ms | |",
        f"| Updates timed | {len(times):,} | |",
        f"| Edits as fast as they go, four writers to a section, rows merged away meanwhile | {edits:,} | |",
        f"| Edits a second | {edits / seconds:.0f} | |",
        f"| Acknowledged words lost | {missing} | 0 |",
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure writing together.")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--edits", type=int, default=2_000)
    parser.add_argument("--dry", action="store_true", help="leave docs/benchmarks.md as it is")
    options = parser.parse_args()
    set_up()
    with district_of(PROPOSALS):
        rows = drafts()
        with web_processes() as (port, server):
            writers = [Person(port, p, who, "need") for p, people in rows for who in people]
            before = processor_of(server)
            times = typing(writers, options.seconds)
            spent = processor_of(server) - before
            crowd = [
                Person(port, p, who, "summary") for p, people in rows[:2] for who in people for _ in (1, 2)
            ]
            edits, seconds = flooding(crowd, options.edits)
            missing = lost([*writers, *crowd])
        lines = report(times, spent, edits, seconds, missing)
    print("\n".join(lines))
    if not options.dry:
        put("writing together", lines)
    return 1 if missing or statistics.median(times) * 1000 > MOST_MS else 0


if __name__ == "__main__":
    sys.exit(main())
