"""How long comparing two long versions takes: 13 sections, 5,000 words, 500 links, 60 cost
lines, 20 asks.

python -m benchmarks.compare            writes its section of docs/benchmarks.md
python -m benchmarks.compare --dry      leaves it as it is
"""

import copy
import os
import platform
import random
import statistics
import sys
import time
from datetime import UTC, datetime

from benchmarks.page import put, verdict
from proposals.arithmetic.comparing import compare

# As in prose, a few words stand everywhere and most are rare.
WORDS = [f"word{n}" for n in range(2_000)]
OFTEN = [1 / (n + 1) for n in range(2_000)]
SECTIONS, WORDS_EACH, PARAGRAPH, ROUNDS, MOST_MS = 13, 385, 60, 9, 300


def text(chance: random.Random, paragraph: int) -> str:
    words = chance.choices(WORDS, OFTEN, k=WORDS_EACH)
    return "\n\n".join(" ".join(words[i : i + paragraph]) for i in range(0, WORDS_EACH, paragraph))


def content(chance: random.Random, paragraph: int) -> dict:
    line = {"description": "Coaches", "unit": "TL", "fund": "GF", "cents": [100, 200, 300]}
    ask = {"name": "Transportation", "what": "A later bus", "sent": True}
    sections = {f"s{n}": text(chance, paragraph) for n in range(SECTIONS)}
    return {
        "title": "Long",
        "sections": sections,
        "html": looks_of(sections),
        "cost_lines": [line | {"number": n} for n in range(60)],
        "asks": [ask | {"code": f"A-{n:02d}"} for n in range(20)],
        "sponsors": [],
    }


def looks_of(sections: dict[str, str]) -> dict[str, str]:
    """Each tenth word leads somewhere."""
    link = '<a href="https://example.org/{}" rel="noopener noreferrer">{}</a>'
    return {
        kind: "".join(
            f"<p>{' '.join(w if n % 10 else link.format(n, w) for n, w in enumerate(part.split()))}</p>"
            for part in said.split("\n\n")
        )
        for kind, said in sections.items()
    }


def edited(chance: random.Random, old: dict, share: float) -> dict:
    """The same with a share of its words replaced, in every section."""
    new = copy.deepcopy(old)
    for kind, said in new["sections"].items():
        words = said.split(" ")
        for n in range(len(words)):
            if chance.random() < share:
                words[n] = "otherwise"
        new["sections"][kind] = " ".join(words)
    new["html"] = looks_of(new["sections"])
    for line in new["cost_lines"][::2]:
        line["cents"] = [c + 1 for c in line["cents"]]
    return new


def milliseconds(old: dict, new: dict) -> float:
    began = time.perf_counter()
    result = compare(old, new, {kind: kind for kind in old["sections"]})
    for section in result.sections:
        list(section.blocks)
    return (time.perf_counter() - began) * 1000


def main() -> int:
    chance = random.Random(4)  # the same texts every time
    rows, worst = [], 0.0
    for name, paragraph in (("paragraphs of 60 words", PARAGRAPH), ("one paragraph", WORDS_EACH)):
        old = content(chance, paragraph)
        for share in (0.02, 0.2, 0.6):
            took = [milliseconds(old, edited(chance, old, share)) for _ in range(ROUNDS)]
            median, worst = statistics.median(took), max(worst, *took)
            rows.append(
                f"| {name} | {share:.0%} | {median:.0f} | {verdict(median, MOST_MS)} | {max(took):.0f} |"
            )
    lines = [
        "## Comparing two long versions", "",
        f"Written by `python -m benchmarks.compare`: {SECTIONS} sections of {WORDS_EACH} words with links, "
        f"60 cost lines, 20 asks; {ROUNDS} times each.", "",
        f"Measured {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}.",
        "", "| Each section is | Words changed | Milliseconds, median | Promise | At most |",
        "|---|---:|---:|---|---:|", *rows,
    ]  # fmt: skip
    print("\n".join(lines))
    if "--dry" not in sys.argv:
        put("compare", lines)
    return 0 if worst <= MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
