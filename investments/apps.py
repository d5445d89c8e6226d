"""Is it being done, does it work? Floor 6."""

from django.apps import AppConfig


class InvestmentsConfig(AppConfig):
    name = "investments"
