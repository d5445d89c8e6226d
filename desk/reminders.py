"""Reminders: the inbox on a ladder, told once at the start, as one mail a day for each person.

The inbox is the only definition of who is awaited. It is asked three times: for the notices,
just before a digest is written, and again just before it goes out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from activity import clock, post
from activity.awaited import Awaited
from activity.models import Mail, Notice
from goals.models import Season
from people.models import User

from .inbox import awaited
from .letters import Digest

RUNGS = (7, 3, 1, 0, -2)  # days before the due date; the last one comes two days after it
NEW = "new"  # the first rung: told at once, whether it has a date or not


def rung_on(due_on: date, today: date) -> int | None:
    """The rung of the ladder that `today` stands on; None while the date is far away.

    After an outage the current rung stands for those that were missed.
    """
    left = (due_on - today).days
    reached = [rung for rung in RUNGS if left <= rung]
    return reached[-1] if reached else None


def sweep() -> int:
    """Write the notices that are due now and the digests of the day; returns the digests written.

    Run it as often as you like: unique keys make the second run write nothing.
    """
    today, rows = clock.today(), awaited()
    post.owe(_notices(rows, today))
    return write_digests(rows)


def _notices(rows: Iterable[Awaited], today: date) -> list[Notice]:
    rows = list(rows)
    noticed = Notice.objects.filter(awaited_key__in={row.key for row in rows})
    known, told = set(), set()
    for person, key, awaited_key in noticed.values_list("person_key", "key", "awaited_key"):
        known.add((person, key))
        told.add((person, awaited_key))
    due = [(row, _step(row, today, told)) for row in rows]
    return [
        Notice(
            person_key=row.person_key, person_name=row.person_name, address=row.address,
            key=f"{row.key}:{step}", awaited_key=row.key, sentence=row.sentence, path=row.path,
            due_on=row.due_on, noticed_at=clock.now(),
        )
        for row, step in due
        if step is not None and (row.person_key, f"{row.key}:{step}") not in known
    ]  # fmt: skip


def _step(row: Awaited, today: date, told: set[tuple[str, str]]) -> int | str | None:
    """The rung of the date if one is reached, which also tells what is new; else new, once."""
    rung = rung_on(row.due_on, today) if row.due_on else None
    if rung is not None or (row.person_key, row.key) in told:
        return rung
    return NEW


def write_digests(rows: Sequence[Awaited] | None = None) -> int:
    """One mail for each person who is owed a notice and had no digest today."""
    standing = _by_person(awaited() if rows is None else rows)
    waiting, gone = defaultdict(list), []
    for notice in post.waiting_notices():
        if notice.awaited_key in standing.get(notice.person_key, {}):
            waiting[notice.person_key].append(notice)
        else:
            gone.append(notice.pk)
    post.drop_notices(gone)
    day = clock.today().isoformat()
    served = set(Mail.objects.filter(kind=Mail.Kind.DIGEST, key=day).values_list("person_key", flat=True))
    season = _season_name()
    return sum(
        _write_digest(notices, standing[person], day, season)
        for person, notices in sorted(waiting.items())
        if person not in served
    )


def _write_digest(notices: list[Notice], standing: dict[str, Awaited], day: str, season: str) -> bool:
    digest = Digest.of([standing[key] for key in dict.fromkeys(n.awaited_key for n in notices)], season)
    mail = Mail(
        person_key=digest.person_key, person_name=digest.person_name, address=digest.address,
        kind=Mail.Kind.DIGEST, key=day, subject=digest.subject, text=digest.text, written_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            return bool(post.put_in_mail(mail, [n.pk for n in notices]))
    except IntegrityError:  # another sweep wrote today's digest a moment ago
        return False


def send_due() -> int:
    """Send the mails that are due, each chunk after a last look at what is still awaited."""
    return post.send_due(freshen)


def freshen(mails: Sequence[Mail]) -> None:
    """Drop from claimed digests what was done since they were written, and mails left empty."""
    digests = {mail.pk: mail for mail in mails if mail.kind == Mail.Kind.DIGEST}
    if not digests:
        return
    people = User.objects.filter(pk__in={mail.person_key for mail in digests.values()}, is_active=True)
    standing, season = _by_person(awaited(list(people))), _season_name()
    held = defaultdict(list)
    for notice in Notice.objects.filter(mail__in=digests, dropped_at=None):
        held[notice.mail_id].append(notice)
    for pk, mail in digests.items():
        _freshen(mail, held[pk], standing.get(mail.person_key, {}), season)


def _freshen(mail: Mail, notices: list[Notice], standing: dict[str, Awaited], season: str) -> None:
    gone = [notice.pk for notice in notices if notice.awaited_key not in standing]
    left = dict.fromkeys(n.awaited_key for n in notices if n.awaited_key in standing)
    post.drop_notices(gone)
    if not left:
        post.drop_mail(mail)
        return
    digest = Digest.of([standing[key] for key in left], season)
    if gone or digest.address != mail.address:
        post.rewrite(mail, subject=digest.subject, text=digest.text, address=digest.address)


def _by_person(rows: Iterable[Awaited]) -> dict[str, dict[str, Awaited]]:
    standing: dict[str, dict[str, Awaited]] = defaultdict(dict)
    for row in rows:
        standing[row.person_key].setdefault(row.key, row)
    return standing


def _season_name() -> str:
    season = Season.objects.current()
    return season.name if season else ""
