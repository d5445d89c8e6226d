"""The page of asks: what waits for our answer, what we answered, what we asked of others. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from activity.composed import composed_once
from goals.models import Season
from people.models import User
from proposals.models import Ask, AskTerms, Sponsorship
from proposals.reading import Sponsor, sponsors_of
from proposals.rules import title_read

from .models import Endorsement
from .rules import ANSWERABLE

ROWS = 50
# In the order of the page. An ask that closed without an answer is CLOSED and does not show.
WAITING, ANSWERED, BY_US, CLOSED = "1", "2", "3", "4"
NOT_OURS = (Endorsement.Answer.DECLINED, Endorsement.Answer.NOT_AFFECTED)


# For a query over terms: their answers, the newest first, and whether there is any.
NEWEST = Endorsement.objects.filter(terms=OuterRef("pk")).order_by("-number")
ANSWER_GIVEN = Exists(NEWEST)


class AskRow(NamedTuple):
    """The newest terms of an ask with what became of them."""

    pk: int
    code: str
    unit: str
    proposal_id: int
    proposal_code: str
    proposal_title: str
    what: str
    effort: str
    effort_hours: int | None
    effort_per: str
    posts_to_fill: Decimal | None
    amount_cents: int | None
    needed_by: date | None
    if_declined: str
    due: date | None
    part: str
    answer: str
    accepted_at: datetime | None
    refused_at: datetime | None


COLUMNS = (
    "ask_id", "ask__code", "ask__asked_unit__name", "ask__proposal_id", "ask__proposal__code",
    "read_title", "what", "effort", "effort_hours", "effort_per", "posts_to_fill",
    "amount_cents", "needed_by", "if_declined", "due", "part", "current", "accepted_at", "refused_at",
)  # fmt: skip


@dataclass
class Asked:
    """One page of the asks to and by these units, the most urgent first, and the sums over all."""

    parts: dict[str, list[tuple[AskRow, list[Sponsor]]]]
    waiting: int
    answered: int
    load: dict
    earlier: int
    later: int


def asked_of(season: Season | None, user: User, number: int) -> Asked:
    """Three queries for any number of asks, and one for what was lent to this person."""
    ours = frozenset(user.unit_ids)
    asked = ours.union(unit_id for unit_id, _ in user.delegated_acts)
    groups = list(_groups(asked).filter(ask__proposal__season=season))
    found = _asks(ours, asked).filter(ask__proposal__season=season)
    start = (number - 1) * ROWS
    read = list(found[start : start + ROWS + 1])  # one more tells of the next page
    rows = [AskRow(*row) for row in read[:ROWS]]
    sponsors = sponsors_of({row.proposal_id for row in rows})
    parts: dict[str, list] = {"waiting": [], "answered": [], "by_us": []}
    names = {WAITING: "waiting", ANSWERED: "answered", BY_US: "by_us"}
    for row in rows:
        parts[names[row.part]].append((row, sponsors.get(row.proposal_id, [])))
    return Asked(
        parts,
        waiting=sum(group["asks"] for group in groups if group["part"] == WAITING),
        answered=sum(group["asks"] for group in groups if group["part"] == ANSWERED),
        load=_load_of(groups),
        earlier=number - 1,
        later=number + 1 if len(read) > ROWS else 0,
    )


# What is asked of the database is put together once for the people of the same units; it answers anew.


@composed_once
def _asks(ours: frozenset[int], asked: frozenset[int]) -> QuerySet:
    """Asks to these units and of their proposals, as these units read them, in the order of the page."""
    to_us = Ask.objects.filter(asked_unit__in=asked).order_by().values("pk")
    sponsored = Sponsorship.objects.standing().filter(unit__in=ours)
    by_us = Ask.objects.filter(proposal__in=sponsored.values("proposal")).order_by().values("pk")
    return (
        _newest_terms(asked)
        .filter(ask__in=to_us.union(by_us))  # two ways in, each by its own index
        .filter(~Q(ask__asked_unit__in=asked) | Q(ANSWER_GIVEN) | Q(ask__proposal__status__in=ANSWERABLE))
        .annotate(
            accepted_at=Subquery(NEWEST.values("condition__accepted_at")[:1]),
            refused_at=Subquery(NEWEST.values("condition__refused_at")[:1]),
            due=Coalesce("answer_due_on", "ask__proposal__season__answers_due_on"),
            read_title=title_read("ask__proposal__", ours),
        )
        .order_by("part", F("due").asc(nulls_last=True), "ask__code")
        .values_list(*COLUMNS)
    )


def _newest_terms(asked: Iterable[int]) -> QuerySet:
    """The newest terms of every ask that stands, with the `current` answer and the `part` of the page."""
    newer = AskTerms.objects.filter(ask=OuterRef("ask"), number__gt=OuterRef("number"))
    return AskTerms.objects.filter(~Exists(newer), ask__withdrawn_at=None).annotate(
        current=Coalesce(Subquery(NEWEST.values("answer")[:1]), Value("")),
        part=Case(
            When(~Q(ask__asked_unit__in=asked), then=Value(BY_US)),
            When(ANSWER_GIVEN, then=Value(ANSWERED)),
            When(ask__proposal__status__in=ANSWERABLE, then=Value(WAITING)),
            default=Value(CLOSED),
            output_field=CharField(),
        ),
    )


@composed_once
def _groups(asked: frozenset[int]) -> QuerySet:
    """Sums over the asks to us, by part of the page, answer and what the hours are counted by."""
    stated = Q(effort_hours__gt=0) | Q(posts_to_fill__gt=0)
    return (
        _newest_terms(asked)
        .filter(ask__asked_unit__in=asked)
        .order_by()
        .values("part", "current", "effort_per")
        .annotate(
            asks=Count("pk"),
            hours=Sum("effort_hours"),
            posts=Sum("posts_to_fill"),
            stated=Count("pk", filter=stated),
        )
    )


def _load_of(groups: list[dict]) -> dict:
    """Hours by period and posts that these asks want, without those declined or not affected."""
    counted = [group for group in groups if group["current"] not in NOT_OURS]
    hours: Counter = Counter()
    for group in counted:
        hours[group["effort_per"] or Ask.EffortPer.ONCE] += group["hours"] or 0
    asks = sum(group["asks"] for group in counted)
    return {
        "hours": [(hours[key], label) for key, label in Ask.EffortPer.choices if hours[key]],
        "posts": sum((group["posts"] or Decimal(0) for group in counted), Decimal(0)),
        "asks": asks,
        "unstated": asks - sum(group["stated"] for group in counted),
    }
