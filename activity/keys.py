"""Keys of rows out of an address, which anybody can type."""

LONGEST = 18  # digits that every database keeps


def key_in(text: str | None) -> int | None:
    """The key that is written there; None for anything else."""
    is_key = text and text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if text and is_key else None
