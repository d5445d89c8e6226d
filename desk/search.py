"""Search over what a person may read: one query for each kind of thing, by the same rule as its list."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from activity.addresses import row_url
from goals.models import Goal, Season
from investments.models import Investment
from people.models import Unit, User
from proposals import rules
from proposals.models import AskTerms, Intent, Proposal, Section
from proposals.workflow import Status

MOST = 10  # of each kind
LONGEST = 100


class Found(NamedTuple):
    """One hit: where it leads, what it is called, and a word beside it."""

    url: str
    title: str
    beside: str


def found_for(user: User, season: Season, words: str) -> list[tuple[str, list[Found]]]:
    """What fits the words, kind by kind; kinds without a hit are left out."""
    kinds = [
        ("Proposals", _proposals(user, season, words)),
        ("Asks", _asks(user, season, words)),
        ("Intents", _intents(season, words)),
        ("Goals", _goals(user, season, words)),
        ("Investments", _investments(season, words)),
        ("Units", _units(words)),
        ("People", _people(words)),
    ]
    return [(label, rows) for label, hits in kinds if (rows := list(hits))]


def _proposals(user: User, season: Season, words: str) -> Iterator[Found]:
    """By number, by the title that this person reads, and by text; never by the text under revision."""
    rows = Proposal.objects.visible_to(user).filter(season=season)
    rows = rows.annotate(read_title=rules.title_read(units=user.unit_ids))
    own = Proposal.objects.sponsored_by(user).order_by().values("pk")
    text = Exists(Section.objects.filter(proposal=OuterRef("pk"), text__icontains=words))
    settled = ~Q(status=Status.IN_REVISION) | Q(pk__in=own)
    rows = rows.filter(Q(code__iexact=words) | Q(read_title__icontains=words) | (text & settled))
    for pk, code, title, status in rows.values_list("pk", "code", "read_title", "status")[:MOST]:
        yield Found(row_url("proposal", pk), f"{code} {title}", Status(status).label)


def _asks(user: User, season: Season, words: str) -> Iterator[Found]:
    """By what was sent last; to one's own units, and of proposals that one may read."""
    newer = AskTerms.objects.filter(ask=OuterRef("ask"), number__gt=OuterRef("number"))
    terms = AskTerms.objects.filter(~Exists(newer), ask__withdrawn_at=None, ask__proposal__season=season)
    readable = Proposal.objects.visible_to(user).order_by().values("pk")
    terms = terms.filter(
        Q(ask__proposal__in=readable) | Q(ask__asked_unit__in=user.unit_ids),
        Q(ask__code__iexact=words) | Q(what__icontains=words),
    ).order_by("ask__code")
    columns = ("ask_id", "ask__code", "what", "ask__asked_unit__name")
    for pk, code, what, unit in terms.values_list(*columns)[:MOST]:
        yield Found(row_url("ask", pk), f"{code} {what}", f"asked of {unit}")


def _intents(season: Season, words: str) -> Iterator[Found]:
    rows = Intent.objects.filter(season=season)
    rows = rows.filter(Q(title__icontains=words) | Q(idea__icontains=words) | Q(looking_for__icontains=words))
    for pk, title, unit in rows.values_list("pk", "title", "unit__name")[:MOST]:
        yield Found(row_url("intent", pk), title, unit)


def _goals(user: User, season: Season, words: str) -> Iterator[Found]:
    rows = Goal.objects.visible_to(user).filter(season=season)
    rows = rows.filter(Q(code__iexact=words) | Q(title__icontains=words))
    for pk, code, title in rows.values_list("pk", "code", "title")[:MOST]:
        yield Found(row_url("goal", pk), f"{code} {title}", "")


def _investments(season: Season, words: str) -> Iterator[Found]:
    rows = Investment.objects.filter(season=season)
    rows = rows.filter(Q(code__iexact=words) | Q(title__icontains=words))
    for pk, code, title, unit in rows.values_list("pk", "code", "title", "owner__name")[:MOST]:
        yield Found(row_url("investment", pk), f"{code} {title}", unit)


def _units(words: str) -> Iterator[Found]:
    rows = Unit.objects.filter(Q(code__iexact=words) | Q(name__icontains=words)).order_by("name")
    for code, name in rows.values_list("code", "name")[:MOST]:
        yield Found(_in_directory(name), name, code)


def _people(words: str) -> Iterator[Found]:
    rows = User.objects.filter(is_active=True, name__icontains=words).order_by("name")
    for name, title, unit in rows.values_list("name", "title", "unit__name")[:MOST]:
        yield Found(_in_directory(unit or ""), name, ", ".join(part for part in (title, unit) if part))


def _in_directory(unit: str) -> str:
    return f"{reverse('people')}?{urlencode({'q': unit})}"
