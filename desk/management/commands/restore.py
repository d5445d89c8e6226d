"""Put an archive in place of the database and the uploaded files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from desk.archive.unpacking import Unfit, unpack


class Command(BaseCommand):
    help = "Restore an archive of `backup` into an empty database, or in place of it with --replace."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="discard what this database holds")

    def handle(self, *, file: Path, replace: bool, **options):
        try:
            manifest = unpack(file, replace=replace)
        except Unfit as unfit:
            raise CommandError(str(unfit)) from unfit
        self.stdout.write(f"{sum(manifest['counts'].values())} rows restored. Everybody signs in again.")
        self.stdout.write(
            "No mail goes out from this copy. Run `manage.py resume_mail` when it is the real one."
        )
