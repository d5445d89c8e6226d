"""Two people save at once: different fields merge, the same field keeps both and says so."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from activity.refused import Refused

from ..arithmetic import comparable


class SavedMeanwhile(Refused):
    """Somebody else changed the same fields. `theirs` is what stands now; mine stays on the form."""

    def __init__(self, theirs: Mapping[str, Any], labels: Mapping[str, str]) -> None:
        self.theirs = dict(theirs)
        names = ", ".join(labels.get(name, name) for name in theirs)
        super().__init__(
            f"Somebody else changed this while you were writing: {names}. What you typed is kept below, "
            "beside what stands now. Choose between them, then save again."
        )


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
) -> dict[str, Any]:
    """What this save changes; raises SavedMeanwhile where both changed the same field differently.

    `began` holds the marks of the values that the form was opened with; a field without one counts
    as read a moment ago.
    """
    changes = {name for name in mine if mark(mine[name]) != mark(stands[name])}
    by_me = {name for name in changes if mark(mine[name]) != began.get(name, mark(stands[name]))}
    clashing = {name for name in by_me if mark(stands[name]) != began.get(name, mark(stands[name]))}
    if clashing:
        raise SavedMeanwhile({name: stands[name] for name in mine if name in clashing}, labels)
    return {name: mine[name] for name in by_me}


def refuse_if_changed(began: Mapping[str, Any], stands: Mapping[str, Any], what: str) -> None:
    """Nobody removes unseen what somebody else changed: `began` holds the marks of what was shown."""
    if any(comparable(value) != began.get(name, comparable(value)) for name, value in stands.items()):
        raise Refused(f"Somebody changed {what} a moment ago. Look at it again before you remove it.")
