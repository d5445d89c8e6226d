"""A slate as a page opens it."""

from .. import rules


def opened(request, pk):
    """The slate behind the page's address; the page then stands in its season."""
    slate = rules.slate_for(request.user, pk)
    request.season = slate.season  # saves the shell its own reading
    return slate
