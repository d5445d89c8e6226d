"""What happened, who was told, what time it is. Floor 0: knows nobody."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "activity"
