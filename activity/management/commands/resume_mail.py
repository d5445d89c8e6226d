"""Let mail go out again after a restore."""

from django.core.management.base import BaseCommand

from activity import post


class Command(BaseCommand):
    help = "Let mail go out again from a restored copy."

    def handle(self, **options):
        held = post.resume_mail()
        self.stdout.write("Mail goes out again." if held else "Mail was not held by a restore.")
        if post.is_paused():
            self.stdout.write("MAIL_PAUSED is still on in the environment.")
