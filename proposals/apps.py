"""What is proposed, with whom, at what cost. Floor 3."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
