"""Who may open a page. Every view carries exactly one of these decorators; a test finds the missing one."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse

from activity.actions import record
from activity.once import run_once
from activity.refused import noting_denials

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


def members_by_script(view):
    """For our own script, which is told in JSON what a page would show; 401 for who is signed out."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return JsonResponse({"why": "You are signed out. Sign in again to go on."}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return JsonResponse({"why": "This is not there, or not yours to see."}, status=404)

    return _marked(login_not_required(answered), "members")


def _posting_once(view):
    @wraps(view)
    def posted(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with noting_denials() as denials:
            try:
                return run_once(view, request, *args, **kwargs)
            except PermissionDenied:
                denials.append("This is not open to the person.")
                raise
            finally:
                _record_denials(request, denials)

    return posted


def _record_denials(request, denials: list[str]) -> None:
    """Whoever tried what is not theirs stands in history, for the deciders and the auditor."""
    for reason in denials if request.user.is_authenticated else ():
        record("deny", request.user, reason, by=request.user, private=True, path=request.path[:300])


def _marked(view, rule: str):
    view.access_rule = rule
    return view
