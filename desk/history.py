"""Which entries a person may read: the one rule for home, integrity log and history of a proposal."""

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from activity.models import Entry
from people.models import User
from people.rules import is_decider
from proposals.models import Ask, Proposal
from proposals.rules import OWN_ACTS

# What an entry may be about, and the way from the proposal to it.
PATHS = {Proposal._meta.label: "pk", Ask._meta.label: "asks"}


def readable(user: User) -> QuerySet[Entry]:
    """Entries without private ones, but for deciders, and without those on drafts of others.

    Of a proposal that others read too, what happened before it was submitted stays its sponsors' own,
    except what departed from the rules. One's own acts one may always read.
    """
    # The CASE keeps a database from reading keys of other kinds as numbers.
    key = Case(When(subject_kind__in=PATHS, then=Cast("subject_key", BigIntegerField())))
    seen = ~Q(subject_kind__in=PATHS) | Q(person_key=str(user.pk))
    visible, mine = Proposal.objects.visible_to(user), Proposal.objects.sponsored_by(user)
    circulated = visible.filter(submitted_at__lte=OuterRef("at"))
    for kind, path in PATHS.items():
        about = {path: OuterRef("about_key")}
        seen |= Q(subject_kind=kind) & (
            Exists(mine.filter(**about))
            | Q(Exists(visible.filter(**about)), is_integrity=True)
            | Q(Exists(circulated.filter(**about)), ~Q(verb__in=OWN_ACTS))
        )
    entries = Entry.objects.annotate(about_key=key).filter(seen)
    return entries if is_decider(user) else entries.filter(is_private=False)
