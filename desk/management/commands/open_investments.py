"""Makes investments that are missing for released decisions. Safe to run at any time."""

from django.core.management.base import BaseCommand

from investments.actions.opening import open_investments
from slates.models import Slate
from slates.workflow import SlateStatus


class Command(BaseCommand):
    help = "Begin the investments of released decisions that have none yet."

    def handle(self, *args, **options):
        made = []
        for slate in Slate.objects.filter(status=SlateStatus.RELEASED).select_related("season"):
            made += open_investments(slate=slate)
        for investment in made:
            self.stdout.write(f"Began {investment}.")
        self.stdout.write(f"{len(made)} investments were missing.")
