"""What is owed and what is sent: notices, mails, and the lease under which a mail goes out.

Whoever claims a mail holds it for a while of real time. A sender that was killed lets the lease
run out, and the next one sends it: at most one copy more, and none lost.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from . import clock
from .models import Mail, MailPause, Notice

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 16  # the last one follows about two days after the first
FIRST_WAIT = timedelta(minutes=2)  # doubles with every failure, up to the longest
LONGEST_WAIT = timedelta(hours=6)
CHUNK = 10  # mails a sender holds at once; with EMAIL_TIMEOUT far below the lease

Check = Callable[[Sequence[Mail]], None]


def owe(notices: Iterable[Notice]) -> int:
    """Write notices; one that stands already is left as it is. Returns how many were given."""
    rows = list(notices)
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def waiting_notices():
    """Notices that no mail holds yet."""
    return Notice.objects.filter(mail=None, dropped_at=None)


def drop_notices(keys: Iterable[int]) -> int:
    """Say that these notices are not awaited any more."""
    return Notice.objects.filter(pk__in=list(keys), dropped_at=None).update(dropped_at=clock.now())


@transaction.atomic
def put_in_mail(mail: Mail, keys: Iterable[int]) -> list[Notice]:
    """Write an unsaved mail for those of the notices that no other mail took; none writes nothing.

    The unique key of person, kind and day raises IntegrityError for a second digest of the day.
    """
    free = waiting_notices().select_for_update().filter(pk__in=list(keys)).order_by("due_on", "pk")
    taken = list(free)
    if taken:
        mail.save(force_insert=True)
        Notice.objects.filter(pk__in=[n.pk for n in taken]).update(mail=mail)
    return taken


def rewrite(mail: Mail, *, subject: str, text: str, address: str) -> None:
    """New words for a mail that has not gone out, after some of it was done."""
    mail.subject, mail.text, mail.address = subject, text, address
    Mail.objects.filter(pk=mail.pk, sent_at=None).update(subject=subject, text=text, address=address)


def drop_mail(mail: Mail) -> None:
    """Nothing in it is awaited any more: it will not go out."""
    mail.dropped_at = clock.now()
    Mail.objects.filter(pk=mail.pk, sent_at=None).update(dropped_at=mail.dropped_at, leased_until=None)


def is_paused() -> bool:
    return settings.MAIL_PAUSED or MailPause.objects.exists()


def pause_mail(reason: str) -> None:
    MailPause.objects.update_or_create(pk=1, defaults={"reason": reason, "paused_at": timezone.now()})


def resume_mail() -> bool:
    """Let mail go out again; returns whether it was held by a row."""
    return MailPause.objects.all().delete()[0] > 0


def due_mail():
    """Mails to send: not sent, not dropped, not leased, not given up."""
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    return Mail.objects.filter(free, sent_at=None, dropped_at=None, attempts__lt=MOST_ATTEMPTS)


def given_up():
    """Mails that were tried for two days and will not be tried again."""
    return Mail.objects.filter(sent_at=None, dropped_at=None, attempts__gte=MOST_ATTEMPTS)


def claim(most: int = CHUNK) -> list[Mail]:
    """Take a lease on mails that are due. Two senders at once never take the same one."""
    claimed = []
    for mail in due_mail().order_by("pk")[:most]:
        until = timezone.now() + LEASE
        if due_mail().filter(pk=mail.pk).update(leased_until=until, attempts=F("attempts") + 1):
            mail.leased_until, mail.attempts = until, mail.attempts + 1
            claimed.append(mail)
    return claimed


def send_due(check: Check, *, most_chunks: int = 20) -> int:
    """Send what is due. `check` looks at each claimed chunk just before, and drops what is done."""
    sent = 0
    for _ in range(most_chunks):
        if is_paused():
            break
        mails = claim()
        if not mails:
            break
        check(mails)
        sent += sum(_send(mail) for mail in mails if mail.dropped_at is None)
    return sent


def _send(mail: Mail) -> bool:
    """One claimed mail to the mail server; in the demo it is only marked, to be read in the app."""
    try:
        if not settings.DEMO:
            message_of(mail).send()
    except Exception as error:  # whatever the server or the network raises, the mail waits
        _wait(mail, error)
        return False
    _held(mail).update(sent_at=clock.now(), leased_until=None, last_error="")
    return True


def wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def _wait(mail: Mail, error: Exception) -> None:
    wait = wait_after(mail.attempts)
    _held(mail).update(leased_until=timezone.now() + wait, last_error=f"{type(error).__name__}: {error}")
    say = log.warning if mail.attempts < MOST_ATTEMPTS else log.error
    words = "mail not sent" if mail.attempts < MOST_ATTEMPTS else "mail given up"
    say(words, mail=mail.pk, attempts=mail.attempts, error=type(error).__name__)


def _held(mail: Mail):
    """The row, while our lease on it stands."""
    return Mail.objects.filter(pk=mail.pk, sent_at=None, leased_until=mail.leased_until)


def message_of(mail: Mail) -> EmailMessage:
    """The message. Its Message-ID is the same on every attempt, so that a copy can be recognised."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        headers={"Message-ID": f"<mail-{mail.pk}-{mail.kind}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
