"""A double submit makes one thing: a form carries a key, and a key works once."""

import secrets

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from .models import Once


def new_key() -> str:
    return secrets.token_urlsafe(24)


class _NotDone(Exception):
    """The view answered with a page instead of a redirect: nothing was done, the key stays free."""

    def __init__(self, response):
        self.response = response


def run_once(view, request, *args, **kwargs):
    """Run a POST view in one transaction; the same key sent again is led to the first answer.

    The unique key makes a second request wait until the first has ended.
    """
    key = request.POST.get("once", "")[:64]
    if not key:
        return view(request, *args, **kwargs)
    form = {"key": key, "person_key": str(request.user.pk or ""), "path": request.path[:300]}
    try:
        with transaction.atomic():
            once = Once.objects.create(**form)
            response = view(request, *args, **kwargs)
            if response.status_code != 302:
                raise _NotDone(response)
            if response.url != request.path:  # without a location the form's own address is meant
                Once.objects.filter(pk=once.pk).update(location=response.url[:500])
            return response
    except _NotDone as not_done:
        return not_done.response
    except IntegrityError:
        first = Once.objects.filter(**form).first()
        if first is None:
            raise
        return HttpResponseRedirect(first.location or request.path)
