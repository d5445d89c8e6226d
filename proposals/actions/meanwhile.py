"""Two people save at once: different fields merge, the same field keeps both and says so."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model

from activity.models import Entry
from activity.refused import Refused
from activity.templatetags.activity_tags import moment

from ..arithmetic import comparable, listed

RECENT = 30  # acts of one kind that are looked through for the one that changed a field


class Act(NamedTuple):
    """Who changed a field last, and when."""

    who: str
    at: datetime


# From the names of fields to who changed them; a field of which that is not known is left out.
Acts = Callable[[Collection[str]], Iterable[Act]]


class SavedMeanwhile(Refused):
    """Somebody else changed the same fields. `theirs` is what stands now; mine stays on the form."""

    def __init__(
        self, theirs: Mapping[str, Any], labels: Mapping[str, str], acts: Iterable[Act] = ()
    ) -> None:
        self.theirs, self.acts = dict(theirs), list(acts)
        names = ", ".join(labels.get(name, name) for name in theirs)
        super().__init__(
            f"{self.who or 'Somebody else'} changed this while you were writing: {names}. What you typed is "
            "kept below, beside what stands now. Choose between them, then save again."
        )

    @property
    def who(self) -> str:
        return listed(list(dict.fromkeys(act.who for act in self.acts)))

    @property
    def said(self) -> str:
        """“Dana Lead, Fri 9 Jan, 14:05”; '' where it is not known."""
        return f"{self.who}, {moment(max(act.at for act in self.acts))}" if self.acts else ""


def told_in_history(subject: Model, verb: str, says: Callable[[str, str], bool], *also: str) -> Acts:
    """Who did `verb` last with a sentence that `says` the field; nobody where one of `also`, which may
    have changed it without saying so, came later."""

    def acts(names: Collection[str]) -> Iterable[Act]:
        rows = Entry.objects.about(subject).filter(verb__in=(verb, *also)).order_by("-at", "-pk")
        entries = list(rows.values_list("verb", "person_name", "at", "sentence")[:RECENT])
        for name in names:
            last = next((row for row in entries if row[0] != verb or says(row[3], name)), None)
            if last is not None and last[0] == verb:
                yield Act(last[1], last[2])

    return acts


def as_a_whole(words: str) -> Callable[[str, str], bool]:
    """The sentence of an act that may have changed every field: “changed cost line 3, Coaches”."""
    return lambda sentence, _name: sentence == words or sentence.startswith(f"{words},")


def by_label(labels: Mapping[str, str], after: str = "") -> Callable[[str, str], bool]:
    """The sentence of an act that lists the fields which it changed: “changed title, reach”."""

    def says(sentence: str, name: str) -> bool:
        listing = sentence.removeprefix("changed ")
        return labels[name] in (listing.partition(after)[0] if after else listing).split(", ")

    return says


def digest_of(text: Any) -> str:
    """A long text as a short mark, for forms that need not carry the text twice."""
    return hashlib.sha256(str(comparable(text)).encode()).hexdigest()[:20]


def to_write(
    *,
    began: Mapping[str, Any],
    stands: Mapping[str, Any],
    mine: Mapping[str, Any],
    labels: Mapping[str, str],
    mark: Callable[[Any], Any] = comparable,
    acts: Acts | None = None,
) -> dict[str, Any]:
    """What this save changes; raises SavedMeanwhile where both changed the same field differently.

    `began` holds the marks of the values that the form was opened with; a field without one counts
    as read a moment ago. `acts` says who changed what stands.
    """
    changes = {name for name in mine if mark(mine[name]) != mark(stands[name])}
    by_me = {name for name in changes if mark(mine[name]) != began.get(name, mark(stands[name]))}
    clashing = {name for name in by_me if mark(stands[name]) != began.get(name, mark(stands[name]))}
    if clashing:
        theirs = {name: stands[name] for name in mine if name in clashing}
        raise SavedMeanwhile(theirs, labels, acts(theirs) if acts else ())
    return {name: mine[name] for name in by_me}


def refuse_if_changed(began: Mapping[str, Any], stands: Mapping[str, Any], what: str) -> None:
    """Nobody removes unseen what somebody else changed: `began` holds the marks of what was shown."""
    if any(comparable(value) != began.get(name, comparable(value)) for name, value in stands.items()):
        raise Refused(f"Somebody changed {what} a moment ago. Look at it again before you remove it.")
