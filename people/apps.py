"""Who may act for which unit. Floor 1."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
