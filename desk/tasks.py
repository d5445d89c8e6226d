"""Celery entry points of the desk: reminders are written, mails go out, texts are compacted."""

from celery import shared_task

from people.zone import in_district_zone
from proposals.actions import compaction

from . import reminders


@shared_task
def sweep_reminders() -> None:
    with in_district_zone():
        reminders.sweep()


@shared_task
def send_mail_due() -> None:
    with in_district_zone():
        reminders.send_due()


@shared_task
def compact_texts() -> None:
    compaction.compact_due()
