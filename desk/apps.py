"""What do I see, what waits for me? Floor 7; owns no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
