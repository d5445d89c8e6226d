"""A verb that cannot be done says why: `Refused`, and how a page shows it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib import messages
from django.db import transaction

_denials: ContextVar[list[str] | None] = ContextVar("denials", default=None)


class Refused(Exception):
    """Raised by a verb. `reasons` are whole sentences that say what is wrong and what to do next."""

    def __init__(self, reasons: str | Sequence[str]) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(" ".join(self.reasons))


def refuse_if(reasons: Sequence[str]) -> None:
    """Raise `Refused` when there is at least one reason."""
    if reasons:
        raise Refused(reasons)


@contextmanager
def refusals_on(form) -> Iterator[None]:
    """Run a verb; its refusal lands on the form, which keeps what was typed. Nothing half-written stays."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        form.refusal = refused  # for a page that says more of it
        for reason in refused.reasons:
            form.add_error(None, reason)


@contextmanager
def refusals_as_messages(request) -> Iterator[None]:
    """Run a verb behind a plain button; its refusal is shown at the top of the next page."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)


def allow(allowed: bool, reason: str) -> None:
    """Raise `Refused` with `reason` unless the person may do it. The denial is noted for history."""
    if not allowed:
        noted = _denials.get()
        if noted is not None:
            noted.append(reason)
        raise Refused(reason)


@contextmanager
def noting_denials() -> Iterator[list[str]]:
    """Collect the denials of a request: their Entry needs a transaction of its own."""
    noted: list[str] = []
    token = _denials.set(noted)
    try:
        yield noted
    finally:
        _denials.reset(token)
