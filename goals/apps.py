"""What we aim at, and when. Floor 2; does not know funds."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "goals"
