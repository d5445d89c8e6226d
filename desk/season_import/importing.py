"""Imports a season workbook: checks all of it first, then calls each app's import in order."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction

import funds.imports
import goals.imports
import investments.imports
import people.imports
import proposals.imports
import reviews.imports
import slates.imports
from activity.actions import record
from activity.imports import Past, look_at_new_rows
from activity.opening import opened
from activity.sheets import Book, Fault
from funds.models import FundSource
from goals.models import Goal, Problem, Season
from proposals.models import Intent, Proposal

from . import checking, moment
from .reading import Reader


class Refusal(Exception):
    """The workbook is not imported, for one reason."""


@dataclass
class Preview:
    """What a workbook holds, and what cannot be taken of it."""

    book: Book
    digest: str
    facts: dict[str, Any]
    faults: list[Fault]
    counts: dict[str, int]
    until: date | None = None
    skipping: bool = False
    blocking: list[Fault] = field(default_factory=list)

    @property
    def season(self) -> str:
        return self.book.one(goals.imports.SeasonRow).name or ""

    @property
    def can_import(self) -> bool:
        return not self.blocking and (self.skipping or not self.faults)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def preview(path: Path, *, at: str = "", skip_faulty: bool = False) -> Preview:
    """Read and check a workbook. Raises Unopenable or NoSuchStage."""
    workbook = opened(path, sheet="District", told="names the district and the season")
    try:
        reader = Reader(workbook)
        book = reader.read()
    finally:
        workbook.close()
    settled = not checking.blocking(book.faults)
    if settled:
        checking.check(book)
    faults = list(book.faults)
    blocking = checking.blocking(faults)
    until = moment.day_of(book, at) if at and not blocking else None
    if skip_faulty and not blocking:
        faults = checking.sift(book)
        blocking = checking.blocking(faults)
    counts = {kind.SHEET: len(table.rows) for kind, table in book.kinds() if not kind.SETTINGS}
    return Preview(book, workbook.digest, reader.facts, faults, counts, until, skip_faulty, blocking)


def standing_season(found: Preview) -> Season | None:
    """The season that was imported from this very workbook already. Raises Refusal for another one's."""
    if words := people.imports.other_top(found.book):
        raise Refusal(words)
    season = Season.objects.filter(name=found.season).first()
    if season is None:
        return None
    if season.workbook_digest == found.digest:
        if season.imported_until != found.until:
            raise Refusal(
                f"The season {season.name} stands as of {season.imported_until or 'its end'}. "
                "To take it at another moment, begin anew."
            )
        return season
    kinds = (Goal, Problem, Intent, Proposal)
    if season.workbook_digest or any(kind.objects.filter(season=season).exists() for kind in kinds):
        raise Refusal(
            f"The season {season.name} is here already, from another workbook or by hand. "
            "Change it in the app; a workbook never writes over what people entered."
        )
    if FundSource.objects.filter(season=season.name).exists():
        raise Refusal(
            f"The season {season.name} has fund sources already. "
            "Remove them first, or enter the rest by hand."
        )
    season.stages.all().delete()
    season.principles.all().delete()
    season.decision_rights.all().delete()
    return None


@transaction.atomic
def import_season(found: Preview, *, by=None) -> Season | None:
    """Write everything, or nothing. Returns None when this workbook was imported before."""
    if not found.can_import:
        raise Refusal("The workbook has faults; nothing was imported.")
    if standing_season(found) is not None:
        return None
    try:
        return _write(found, by)
    except (IntegrityError, DataError) as error:
        raise Refusal(f"The database refused a row, so nothing was imported: {error}") from error


def _write(found: Preview, by) -> Season:
    book = found.book
    past = Past(moment.zone_of(book), found.until)
    people.imports.write(book, past)
    goals.imports.write(book, past, digest=found.digest, facts=found.facts)
    funds.imports.write(book, past)
    proposals.imports.write(book, past, later=slates.imports.statuses(book, past))
    proposals.imports.write_asks(book, past)
    look_at_new_rows()
    proposals.imports.write_versions(book, past)
    reviews.imports.write(book, past)
    slates.imports.write(book, past)
    investments.imports.write(book, past)
    investments.imports.write_events(book, past)
    goals.imports.write_observations(book, past)
    past.write_history()
    season = past.season
    record(
        "import season", season, f"imported the season {season.name} from its workbook",
        by=by, imported=True, rows=found.total, left_out=len(found.faults),
    )  # fmt: skip
    return season
