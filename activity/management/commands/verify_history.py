"""Compute history's digests and chain again, and name what was removed or altered."""

from django.core.management.base import BaseCommand, CommandError

from activity import chain
from activity.models import Entry, Seal


class Command(BaseCommand):
    help = "Check that no entry of the history was removed or altered. Exit code 1 when one was."

    def handle(self, **options):
        faults = list(chain.faults())
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"History is not whole: {len(faults)} findings.", returncode=1)
        count, sealed = Entry.objects.count(), Seal.objects.count()
        self.stdout.write(f"History is whole: {count} entries, {sealed} sealed.")
