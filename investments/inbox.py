"""Who is awaited on this floor: duties that fall due, reports that are overdue, reviews."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse

from activity import clock
from activity.awaited import Awaited
from people.models import Post, User

from .models import Commitment, Investment
from .workflow import CLOSED

AHEAD = timedelta(days=30)  # what falls due later does not wait yet
REPORT_EVERY = timedelta(days=60)


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Owner persons, heads of owing units, and the superintendent for reviews; four queries."""
    wanted = None if people is None else {person.pk for person in people}
    heads, superintendents = _posts()
    for person, row in (*_duties(heads), *_reports(), *_reviews(superintendents)):
        if person.is_active and (wanted is None or person.pk in wanted):
            yield Awaited.of(person, *row)


def _posts() -> tuple[dict[int, list[User]], list[User]]:
    roles = (Post.Role.HEAD, Post.Role.SUPERINTENDENT)
    heads, superintendents = defaultdict(list), []
    for post in Post.objects.current().filter(role__in=roles).select_related("person").order_by("pk"):
        (heads[post.unit_id] if post.role == Post.Role.HEAD else superintendents).append(post.person)
    return heads, superintendents


def _duties(heads: dict[int, list[User]]) -> Iterator[tuple[User, tuple]]:
    rows = Commitment.objects.unsettled().filter(due_on__lte=clock.today() + AHEAD)
    rows = rows.exclude(investment__state__in=CLOSED).select_related("investment", "owner", "owner_person")
    for duty in rows:
        sentence = f"{duty.owner}: say where {duty.code} of {duty.investment.code} stands: {duty.what[:120]}"
        row = (f"duty:{duty.pk}:{duty.due_on}", sentence, reverse("commitment", args=[duty.pk]), duty.due_on)
        named = [duty.owner_person] if duty.owner_person else []
        for person in {p.pk: p for p in (*named, *heads.get(duty.owner_id, ()))}.values():
            yield person, row


def _running():
    running = Investment.objects.exclude(state__in=CLOSED).filter(owner_person__isnull=False)
    return running.select_related("owner_person")


def _reports() -> Iterator[tuple[User, tuple]]:
    today = clock.today()
    started = _running().filter(starts_on__lte=today).annotate(reported_on=Max("updates__on"))
    for investment in started:
        due: date = (investment.reported_on or investment.starts_on) + REPORT_EVERY
        if due <= today:
            sentence = f"Report on {investment}"
            path = reverse("investment_update", args=[investment.pk])
            yield investment.owner_person, (f"report:{investment.pk}:{due}", sentence, path, due)


def _reviews(superintendents: list[User]) -> Iterator[tuple[User, tuple]]:
    for investment in _running().filter(next_review_on__lte=clock.today() + AHEAD):
        due, page = investment.next_review_on, reverse("investment", args=[investment.pk])
        key = f"review:{investment.pk}:{due}"
        yield investment.owner_person, (key, f"Prepare the review of {investment}", page, due)
        choose = reverse("investment_review", args=[investment.pk])
        for person in superintendents:
            if person != investment.owner_person:
                yield person, (key, f"Review {investment} with the cabinet and choose", choose, due)
