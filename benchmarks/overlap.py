"""Measure the overlap hints of one draft over 1,500 proposals; writes its section of docs/benchmarks.md.

python benchmarks/overlap.py            on PostgreSQL: DATABASE_URL or TEST_DATABASE_URL names the server
python benchmarks/overlap.py --dry      leave docs/benchmarks.md as it is
"""

import statistics
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.page import put, verdict
from benchmarks.run import district_of, machine, set_up

PROPOSALS, REPEATS, MOST_MS = 1_500, 15, 200
MONTHS, SCHOOLS_EACH = 6, 4


def make_telling(random: Random) -> None:
    """Titles and summaries of different words, and hours of schools."""
    from datetime import date

    from people.models import Unit
    from proposals.models import Proposal, SchoolDemand, Section

    letters = "abcdefghiklmnoprstu"
    words = ["".join(random.choices(letters, k=random.randint(3, 9))) for _ in range(2_000)]
    proposals = list(Proposal.objects.all())
    for proposal in proposals:
        proposal.title = " ".join(random.choices(words, k=6))
    Proposal.objects.bulk_update(proposals, ["title"], batch_size=500)
    sections = list(Section.objects.filter(kind=Section.Kind.SUMMARY))
    for section in sections:
        section.text = " ".join(random.choices(words, k=70))
    Section.objects.bulk_update(sections, ["text"], batch_size=500)
    schools = list(Unit.objects.schools())
    SchoolDemand.objects.bulk_create(
        (
            SchoolDemand(proposal=p, school=school, month=date(2026, m, 1), activity="meeting", hours=4)
            for p in proposals
            for school in random.sample(schools, SCHOOLS_EACH)
            for m in range(1, MONTHS + 1)
        ),
        batch_size=2_000,
    )


def measured() -> tuple[float, int, int]:
    """Median milliseconds, queries, hints."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from proposals.models import Proposal
    from proposals.overlaps import hidden_hints, hints_for_proposal

    proposal = Proposal.objects.filter(status="draft").order_by("pk").first()
    reader = proposal.created_by
    assert reader.posts_now
    times, found, queries = [], [], 0
    for _ in range(REPEATS):
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            found = [*hints_for_proposal(reader, proposal), *hidden_hints(reader, proposal)]
            times.append(1_000 * (time.perf_counter() - start))
        queries = len(captured)
    return statistics.median(times[1:]), queries, len(found)


def section(ms: float, queries: int, hints: int) -> list[str]:
    from django.db import connection

    return [
        "## Overlap hints", "",
        f"Written by `benchmarks/overlap.py`: all hints of a draft among {PROPOSALS:,} proposals with "
        f"different words, {PROPOSALS * MONTHS * SCHOOLS_EACH:,} school hours and three asks each, on "
        f"{connection.vendor}; median of {REPEATS - 1}, reading included.", "",
        f"Measured {machine()}.", "",
        "| Milliseconds | Promise | Queries | Hints |", "|---:|---|---:|---:|",
        f"| {ms:.0f} | {verdict(ms, MOST_MS)} | {queries} | {hints} |",
    ]  # fmt: skip


def main() -> int:
    set_up()
    with district_of(PROPOSALS):
        make_telling(Random(7))
        ms, queries, hints = measured()
        lines = section(ms, queries, hints)
    print("\n".join(lines))
    if "--dry" not in sys.argv:
        put("overlap hints", lines)
    return 0 if ms <= MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
