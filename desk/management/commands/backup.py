"""Pack the database and the uploaded files into one archive."""

from pathlib import Path

from django.core.management.base import BaseCommand

from desk.archive.packing import pack


class Command(BaseCommand):
    help = "Write database and uploaded files into one archive (tar.gz). Keep it where few may read it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        manifest = pack(file)
        count = sum(manifest["counts"].values())
        self.stdout.write(f"{file}: {count} rows, {file.stat().st_size:,} bytes.")
