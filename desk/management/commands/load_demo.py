"""Load the demo season into an empty installation."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk import demo


class Command(BaseCommand):
    help = "Imports the demo season and sets the clock to its day; does nothing where a district stands."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo season is loaded in demo mode only (MODE=demo).")
        season = demo.load()
        if season is None:
            self.stdout.write("There is a district already; nothing was loaded.")
        else:
            self.stdout.write(f"Loaded the demo season {season.name}.")
