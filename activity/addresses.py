"""Addresses of pages with one key, for the rows of lists."""

from functools import cache

from django.urls import reverse

SAMPLE_KEY = 1_234_567_890


@cache
def _around_the_key(name: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[SAMPLE_KEY]).partition(str(SAMPLE_KEY))
    return before, after


def row_url(name: str, key: int) -> str:
    """Address of the page `name` of one row: its pattern is looked up once, not for every row."""
    before, after = _around_the_key(name)
    return f"{before}{key:d}{after}"
