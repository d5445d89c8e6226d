"""Old rows of the text are merged into their section: no word is lost, and no author."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from ..document.reading import shown
from ..models import Proposal, Section, SectionUpdate, SectionWriter
from .text import Text, state_that_says

# Longer than a sitting's pause: who was away for less gets single rows.
ROWS_STAY = timedelta(hours=1)
AT_ONCE = 200


def compact_due() -> int:
    """Compact the proposals with old rows; returns how many rows are gone."""
    before = timezone.now() - ROWS_STAY
    old = SectionUpdate.objects.filter(written_at__lt=before).order_by("proposal")
    proposals = old.values_list("proposal", flat=True).distinct()[:AT_ONCE]
    return sum(compact(pk, before) for pk in list(proposals))


@transaction.atomic
def compact(pk: int, before: datetime) -> int:
    """Merge the rows of a proposal into its sections, and remove those written before; how many."""
    proposal = Proposal.objects.select_for_update().get(pk=pk)
    old = proposal.updates.filter(written_at__lt=before).order_by()
    newest = dict(old.values_list("kind").annotate(Max("number")))
    text = Text(proposal, newest)
    for kind, number in newest.items():
        section, found = text.sections[kind], text.document(kind)
        if not (state := state_that_says(found, shown(found.doc))):
            continue  # its rows stay
        section.state, section.state_number = state, text.number
        _note_writers(section, old.filter(kind=kind))
        section.removed_number = number
        section.save(update_fields=["state", "state_number", "removed_number"])
    return old.remove_merged()


def _note_writers(section: Section, rows) -> None:
    wrote = rows.filter(written_by__isnull=False).values_list("client", "written_by")
    SectionWriter.objects.bulk_create(
        (
            SectionWriter(section=section, client=client, person_id=person, first_at=first, last_at=last)
            for client, person, first, last in wrote.annotate(Min("written_at"), Max("written_at"))
        ),
        update_conflicts=True,
        unique_fields=["section", "client", "person"],
        update_fields=["last_at"],
    )
