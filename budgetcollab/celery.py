"""The Celery app. The broker carries wake-ups only: what must happen lives in database rows."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budgetcollab.settings")

app = Celery("budgetcollab")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
