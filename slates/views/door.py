"""A slate as a page opens it."""

from contextlib import nullcontext
from functools import wraps

from .. import rules
from ..actions.locking import holding


def with_slate(view):
    """The slate behind the page's address, in whose season the page stands.

    A post holds it from the first line, so that form, rules and verb read it once.
    """

    @wraps(view)
    def opened(request, pk, **kwargs):
        if request.method == "POST":
            door = holding(request.user, pk)
        else:
            door = nullcontext(rules.slate_for(request.user, pk))
        with door as slate:
            request.season = slate.season  # saves the shell its own reading
            return view(request, slate, **kwargs)

    return opened
