"""Import a season workbook, or say everything that is wrong with it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from activity.opening import Unopenable
from desk.season_import.importing import Preview, Refusal, import_season, preview
from desk.season_import.moment import NoSuchStage


class Command(BaseCommand):
    help = "Imports a season workbook, all or nothing; names every fault by sheet and cell."

    def add_arguments(self, parser):
        parser.add_argument("workbook", type=Path)
        parser.add_argument(
            "--at", default="", metavar="STAGE", help="leave out what happened later than in this stage"
        )
        parser.add_argument("--check", action="store_true", help="read and report only")
        parser.add_argument("--skip-faulty", action="store_true", help="take all but the named rows")

    def handle(self, *, workbook, at, check, skip_faulty, **options):
        try:
            found = preview(workbook, at=at, skip_faulty=skip_faulty)
        except (Unopenable, NoSuchStage) as error:
            raise CommandError(str(error)) from error
        self._tell(found, verbose=options["verbosity"] > 1 or check)
        if check:
            self._end_of_check(found)
            return
        if not found.can_import:
            raise CommandError(f"{_faults(found)}. Nothing was imported.")
        try:
            season = import_season(found)
        except Refusal as error:
            raise CommandError(str(error)) from error
        if season is None:
            self.stdout.write(
                f"Season {found.season} was imported from this workbook before; nothing changed."
            )
            return
        left = f", {_faults(found)} left out" if found.faults else ""
        self.stdout.write(f"Imported season {season.name}: {found.total:,} rows{left}.")

    def _tell(self, found: Preview, *, verbose: bool) -> None:
        for fault in found.faults:
            self.stderr.write(str(fault))
        if verbose:
            for notice in found.book.notices:
                self.stdout.write(f"Note: {notice}")
            for sheet, count in found.counts.items():
                self.stdout.write(f"{sheet}: {count:,} rows")

    def _end_of_check(self, found: Preview) -> None:
        if found.faults:
            raise CommandError(f"{_faults(found)}. Nothing was written.")
        self.stdout.write(f"Season {found.season}: no faults in {found.total:,} rows. Nothing was written.")


def _faults(found: Preview) -> str:
    count = len(found.faults)
    return f"{count:,} fault{'s' if count != 1 else ''}"
