"""Keys of rows out of an address, which anybody can type, and the codes that people read."""

import re
from collections.abc import Iterable

LONGEST = 18  # digits that every database keeps


def key_in(text: str | None) -> int | None:
    """The key that is written there; None for anything else."""
    is_key = text and text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if text and is_key else None


def next_code(stem: str, taken: Iterable[str], digits: int = 2) -> str:
    """P-07 after P-06. Whoever asks holds a row that keeps others from asking meanwhile."""
    codes = (re.fullmatch(rf"{re.escape(stem)}-(\d+)", code, re.IGNORECASE) for code in taken)
    return f"{stem}-{max((int(code[1]) for code in codes if code), default=0) + 1:0{digits}d}"
