"""Which entries a person may read: the one rule for home, integrity log and history of a proposal."""

from functools import lru_cache

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from activity.composed import composed_once
from activity.models import Entry
from people.models import User
from people.rules import is_decider
from proposals.models import Ask, Proposal, Sponsorship
from proposals.rules import OWN_ACTS

# What an entry may be about, and the way from the proposal to it.
PATHS = {Proposal._meta.label: "pk", Ask._meta.label: "asks"}


def readable(user: User) -> QuerySet[Entry]:
    """Entries without private ones, but for deciders, and without those on drafts of others.

    Of a proposal that others read too, what happened before it was submitted stays its sponsors' own,
    except what departed from the rules. One's own acts one may always read.
    """
    entries = _with_key().filter(Q(person_key=str(user.pk)) | _seen(frozenset(user.unit_ids)))
    return entries if is_decider(user) else entries.filter(is_private=False)


# What is asked of the database is put together once for the people of the same units; it answers anew.


@composed_once
def _with_key() -> QuerySet[Entry]:
    # The CASE keeps a database from reading keys of other kinds as numbers.
    key = Case(When(subject_kind__in=PATHS, then=Cast("subject_key", BigIntegerField())))
    return Entry.objects.annotate(about_key=key)


@lru_cache(maxsize=40)
def _seen(units: frozenset[int]) -> Q:
    """What sponsors read of theirs, and everybody of what is circulated."""
    mine = Sponsorship.objects.standing().filter(unit__in=units)
    circulated = Proposal.objects.circulated()
    since = circulated.filter(submitted_at__lte=OuterRef("at"))
    seen = ~Q(subject_kind__in=PATHS)
    for kind, path in PATHS.items():
        about = {path: OuterRef("about_key")}
        seen |= Q(subject_kind=kind) & (
            Exists(mine.filter(**{f"proposal__{path}": OuterRef("about_key")}))
            | Q(Exists(circulated.filter(**about)), is_integrity=True)
            | Q(Exists(since.filter(**about)), ~Q(verb__in=OWN_ACTS))
        )
    return seen
