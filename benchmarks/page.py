"""docs/benchmarks.md: each benchmark owns one section of it, between two marks."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def put(name: str, lines: list[str]) -> None:
    """Write the section of this name anew, and leave the others as they are."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    text = "\n".join([start, "", *lines, "", end])
    found = re.compile(rf"{re.escape(start)}.*?{re.escape(end)}", re.S)
    after = found.sub(lambda _: text, before) if found.search(before) else f"{before.rstrip()}\n\n{text}\n"
    PAGE.write_text(after, encoding="utf-8")


def verdict(milliseconds: float, most: float) -> str:
    """Whether a promise is kept, as the page says it."""
    return f"at most {most:,.0f}" if milliseconds <= most else f"**over the {most:,.0f} promised**"
