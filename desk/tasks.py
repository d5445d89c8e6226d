"""Celery entry points of the desk: reminders are written, mails go out."""

from celery import shared_task

from people.zone import in_district_zone

from . import reminders


@shared_task
def sweep_reminders() -> None:
    with in_district_zone():
        reminders.sweep()


@shared_task
def send_mail_due() -> None:
    with in_district_zone():
        reminders.send_due()
