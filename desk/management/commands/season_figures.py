"""Print the figures of a season, for people or as one JSON object."""

import json

from django.core.management.base import BaseCommand, CommandError

from desk.figures import figures
from goals.models import Season

COLUMNS = ("lines", "fte", "total", "score", "ranking", "decision", "decided")


class Command(BaseCommand):
    help = "Prints money, posts, asks, scores and decisions of a season."

    def add_arguments(self, parser):
        parser.add_argument("season", help="name of the season, such as FY27")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, season, json: bool, **options):
        found = Season.objects.filter(name=season).first()
        if found is None:
            known = ", ".join(Season.objects.values_list("name", flat=True)) or "none"
            raise CommandError(f"There is no season {season}. Known are: {known}.")
        if json:
            self.stdout.write(as_json(figures(found)))
        else:
            self._tell(figures(found))

    def _tell(self, found: dict) -> None:
        first = found["years"][0]
        self._table(
            ["Proposal", first, *COLUMNS],
            [
                [code, row[first], *(row[name] for name in COLUMNS)]
                for code, row in found["proposals"].items()
            ],
        )
        names = ("available", "requested", "slate", "left")
        self._table(
            ["Fund", *names], [[code, *(row[n] for n in names)] for code, row in found["funds"].items()]
        )
        self._table(
            ["Unit", "requested", "fte"],
            [[code, row["requested"], row["fte"]] for code, row in found["units"].items()],
        )
        total, slate = found["total"], found["slate"]
        self.stdout.write(
            f"Requested in {first}: {total[first]:,} dollars, {total['fte']} FTE; "
            f"three years {total['three years']:,}."
        )
        self.stdout.write(f"On the slate: {slate['total']:,} dollars, {slate['fte']} FTE.")

    def _table(self, header: list, rows: list[list]) -> None:
        cells = [[_shown(value) for value in row] for row in [header, *rows]]
        widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
        for row in cells:
            self.stdout.write(
                "  ".join(
                    cell.ljust(width) if i == 0 else cell.rjust(width)
                    for i, (cell, width) in enumerate(zip(row, widths, strict=True))
                )
            )
        self.stdout.write("")


def _shown(value) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)


def as_json(found: dict) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False)
