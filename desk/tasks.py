"""Celery entry points of the desk: reminders are written, mails go out."""

from celery import shared_task

from . import reminders


@shared_task
def sweep_reminders() -> None:
    reminders.sweep()


@shared_task
def send_mail_due() -> None:
    reminders.send_due()
