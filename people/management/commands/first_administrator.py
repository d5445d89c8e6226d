"""Print a one-time address where the first administrator sets up the district."""

from django.core.management.base import BaseCommand, CommandError

from activity.refused import Refused
from people.actions import invite_administrator


class Command(BaseCommand):
    help = "Print a one-time address where the first administrator chooses a password."

    def add_arguments(self, parser):
        parser.add_argument("--email", default="", help="e-mail of the person, also of an imported one")
        parser.add_argument("--name", default="", help="name of the person")

    def handle(self, *args, email, name, **options):
        try:
            url = invite_administrator(email=email, name=name)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Open this address once, within 14 days:")
        self.stdout.write(url)
