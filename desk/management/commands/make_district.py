"""Make a made-up district of a known size, the same on every run."""

import time
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from activity.imports import look_at_new_rows
from desk.synthetic.frame import make_district, make_season
from desk.synthetic.season import make_proposals
from desk.synthetic.tiers import TIERS, Tier, sized
from people.models import District
from people.zone import in_district_zone


class Command(BaseCommand):
    help = "Fill an empty database with a made-up district, for benchmarks and load tests."

    def add_arguments(self, parser):
        parser.add_argument("--tier", choices=TIERS, default="typical")
        parser.add_argument("--proposals", type=int, help="a large district with so many proposals instead")
        parser.add_argument("--season", default="FY27", help="name of the newest season, such as FY27")

    def handle(self, *, tier: str, proposals: int | None, season: str, **options):
        if District.objects.exists():
            raise CommandError("This database holds a district already. Use an empty one.")
        digits = season[2:]
        if season[:2] != "FY" or not digits.isdigit() or len(digits) != 2:
            raise CommandError("Name the season like FY27.")
        size = sized(proposals) if proposals else TIERS[tier]
        start = time.monotonic()
        with in_district_zone(), transaction.atomic():
            fill(size, int(digits))
        look_at_new_rows()
        self.stdout.write(f"{size.proposals} proposals in {time.monotonic() - start:.1f} s.")


def fill(size: Tier, newest: int) -> None:
    frame = make_district(size)
    share = size.proposals // size.seasons, size.cost_lines // size.seasons, size.asks // size.seasons
    for year in range(newest - size.seasons + 1, newest + 1):
        make_season(frame, f"FY{year:02d}", date(2000 + year, 6, 30))
        make_proposals(frame, *share)
