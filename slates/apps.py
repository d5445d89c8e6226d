"""What we buy: scenarios, findings, decisions. Floor 5."""

from django.apps import AppConfig


class SlatesConfig(AppConfig):
    name = "slates"
