"""Queries that are the same for many: putting one together takes Django longer than its answer takes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.db.models import QuerySet

T = TypeVar("T", bound=QuerySet)


def composed_once(compose: Callable[..., T]) -> Callable[..., T]:
    """Put the query together once for each process and set of plain values; every caller gets one unread.

    What is kept holds no rows and no rights: each caller narrows it to a person and reads it anew.
    Nothing that changes by itself, such as today, may stand in it.
    """
    kept = lru_cache(maxsize=40)(compose)  # a long query weighs a tenth of a megabyte

    @wraps(compose)
    def fresh(*values: Any) -> T:
        return kept(*values).all()

    return fresh
