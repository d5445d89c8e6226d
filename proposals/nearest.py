"""Which intents of a list overlap most with the reader's own, in a few words; no query."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from people.models import User

from .arithmetic import listed
from .arithmetic.overlap import INTENT, Overlap, Work, overlaps
from .models import Intent
from .overlaps import MOST, TEXT
from .reading import Around

MOST_IN_LIST = 2  # of an intent that stands in a list


class Nearest(NamedTuple):
    """Intents that overlap most, each with the reason in a few words, and how many more do."""

    shown: list[tuple[Intent, str]]
    more: int


def hints_among(user: User, intents: Iterable[Intent], around: Mapping[int, Around]) -> dict[int, Nearest]:
    """For the own intents of a list, which others of the same list are about the same, and why; no query.

    The strongest alone, so that a list stays a list: the page of each intent shows the others.
    """
    by_key = {intent.pk: intent for intent in intents}
    works = {
        intent.pk: Work(
            key=(INTENT, intent.pk),
            title=intent.title.lower(),
            text=intent.idea[:TEXT].lower(),
            problems=frozenset({intent.problem_id} - {None}),
            goals=frozenset(pk for pk, _, _ in around[intent.pk].goals),
            is_early=True,
        )
        for intent in intents
        if intent.closed_at is None
    }
    own = [intent for intent in intents if intent.pk in works and user.works_for(intent.unit_id)]
    found = {}
    for intent in own:
        others = [work for pk, work in works.items() if pk != intent.pk]
        nearest = overlaps(works[intent.pk], others)[:MOST]
        shown = [(by_key[overlap.key[1]], _why(overlap)) for overlap in nearest[:MOST_IN_LIST]]
        found[intent.pk] = Nearest(shown, len(nearest) - len(shown))
    return found


def _why(overlap: Overlap) -> str:
    aims = ["same goal"] if overlap.goals else ["same problem"] if overlap.problems else []
    return listed([*aims, *(["similar wording"] if overlap.likeness else [])])
