"""Every address says who may open it."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Views that are not ours, or that must answer before anybody is known.
EXCEPTIONS = {
    "allauth": "sign-in pages check by themselves; LoginRequiredMiddleware closes the rest",
    "django.views.generic.base.RedirectView": "allauth's old addresses lead to its pages and show nothing",
    "budgetcollab.health": "container and load balancer ask without a session; no data is shown",
}

pytestmark = pytest.mark.once


def patterns(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        where = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from patterns(entry, where)
        else:
            yield where, entry


def without_rule(found) -> list[str]:
    """Addresses whose view carries no access rule."""
    return [
        where for where, entry in found if not hasattr(entry.callback, "access_rule") and not _excepted(entry)
    ]


def _excepted(entry: URLPattern) -> bool:
    view = getattr(entry.callback, "view_class", entry.callback)
    return any(f"{view.__module__}.{view.__qualname__}".startswith(name) for name in EXCEPTIONS)


def test_every_address_has_an_access_rule():
    assert without_rule(patterns(get_resolver())) == []


def test_the_rule_finds_a_view_without_decorator():
    from django.urls import path

    def bare(request):
        return None

    def guarded(request):
        return None

    guarded.access_rule = "members"
    found = [("bare/", path("bare/", bare)), ("guarded/", path("guarded/", guarded))]
    assert without_rule(found) == ["bare/"]


def test_names_of_addresses_are_unique():
    names = [entry.name for _, entry in patterns(get_resolver()) if entry.name]
    assert sorted({name for name in names if names.count(name) > 1}) == []
