"""Who is awaited on this floor: duties that fall due, reports that are overdue, reviews."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max, Q
from django.urls import reverse

from activity import clock
from activity.awaited import Awaited
from people.models import Post, User

from .models import Commitment, Investment
from .workflow import CLOSED

AHEAD = timedelta(days=30)  # what falls due later does not wait yet
REPORT_EVERY = timedelta(days=60)


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Owner persons, heads of owing units, and the superintendent for reviews; five queries."""
    people = None if people is None else list(people)
    wanted = None if people is None else {person.pk for person in people}
    heads, superintendents = _posts(people)
    for person, row in (*_duties(heads, wanted), *_reports_and_reviews(superintendents, wanted)):
        if person.is_active and (wanted is None or person.pk in wanted):
            yield Awaited.of(person, *row)


def _posts(people: list[User] | None) -> tuple[dict[int, list[User]], list[User]]:
    roles = (Post.Role.HEAD, Post.Role.SUPERINTENDENT)
    heads, superintendents = defaultdict(list), []
    if people is not None and len(people) == 1:  # the signed-in person's posts are read already
        posts = [post for post in people[0].posts_now if post.role in roles]
        holders = [(post, people[0]) for post in posts]
    else:
        rows = Post.objects.current().filter(role__in=roles).select_related("person").order_by("pk")
        holders = [(post, post.person) for post in rows]
    for post, person in holders:
        (heads[post.unit_id] if post.role == Post.Role.HEAD else superintendents).append(person)
    return heads, superintendents


def _duties(heads: dict[int, list[User]], wanted: set | None) -> Iterator[tuple[User, tuple]]:
    rows = Commitment.objects.unsettled().filter(due_on__lte=clock.today() + AHEAD)
    if wanted is not None:
        rows = rows.filter(Q(owner_person__in=wanted) | Q(owner__in=list(heads)))
    rows = rows.exclude(investment__state__in=CLOSED).select_related("investment", "owner", "owner_person")
    for duty in rows:
        sentence = f"{duty.owner}: say where {duty.code} of {duty.investment.code} stands: {duty.what[:120]}"
        row = (f"duty:{duty.pk}:{duty.due_on}", sentence, reverse("commitment", args=[duty.pk]), duty.due_on)
        named = [duty.owner_person] if duty.owner_person else []
        for person in {p.pk: p for p in (*named, *heads.get(duty.owner_id, ()))}.values():
            yield person, row


def _reports_and_reviews(superintendents: list[User], wanted: set | None) -> Iterator[tuple[User, tuple]]:
    running = Investment.objects.exclude(state__in=CLOSED).filter(owner_person__isnull=False)
    if wanted is not None and not superintendents:
        running = running.filter(owner_person__in=wanted)
    running = running.select_related("owner_person").annotate(reported_on=Max("updates__on"))
    for investment in running:
        yield from _report(investment)
        yield from _review(investment, superintendents)


def _report(investment: Investment) -> Iterator[tuple[User, tuple]]:
    today = clock.today()
    due: date = (investment.reported_on or investment.starts_on) + REPORT_EVERY
    if investment.starts_on <= today and due <= today:
        path = reverse("investment_update", args=[investment.pk])
        row = (f"report:{investment.pk}:{due}", f"Report on {investment}", path, due)
        yield investment.owner_person, row


def _review(investment: Investment, superintendents: list[User]) -> Iterator[tuple[User, tuple]]:
    due = investment.next_review_on
    if due is None or due > clock.today() + AHEAD:
        return
    key, page = f"review:{investment.pk}:{due}", reverse("investment", args=[investment.pk])
    yield investment.owner_person, (key, f"Prepare the review of {investment}", page, due)
    choose = reverse("investment_review", args=[investment.pk])
    for person in superintendents:
        if person != investment.owner_person:
            yield person, (key, f"Review {investment} with the cabinet and choose", choose, due)
