"""Who may open a page. Every view carries exactly one of these decorators; a test finds the missing one."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

from activity.once import run_once

from .models import User


def public(view):
    """Anybody, signed in or not."""
    return _marked(login_not_required(_posting_once(view)), "public")


def members(view):
    """Everybody who is signed in; the view's own door (`<noun>_for`) narrows it further."""
    return _marked(_posting_once(view), "members")


def only(allowed: Callable[[User], bool]):
    """Signed-in people for whom the predicate of a rules module holds; others get 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(_posting_once(guarded), allowed.__name__)

    return decorate


def _posting_once(view):
    @wraps(view)
    def posted(request, *args, **kwargs):
        if request.method == "POST":
            return run_once(view, request, *args, **kwargs)
        return view(request, *args, **kwargs)

    return posted


def _marked(view, rule: str):
    view.access_rule = rule
    return view
