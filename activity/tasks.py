"""Celery entry points of history and of the heartbeat."""

import structlog
from celery import shared_task

from . import actions, chain

log = structlog.get_logger(__name__)


@shared_task
def beat() -> None:
    """Say that schedule and worker are alive, and forget forms that were sent long ago."""
    actions.beat("worker")
    actions.forget_old_forms()


@shared_task
def seal() -> None:
    """Chain what is new, and keep the head outside of the database too."""
    while head := actions.seal_new_entries():
        chain.keep_head(head)
        log.info("history sealed", number=head.number, hash=head.hash)
