"""What money exists and what it may pay. Floor 2; does not know goals."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "funds"
