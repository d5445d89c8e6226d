"""The addresses of BudgetCollab. Every view behind them carries an access rule."""

from django.urls import include, path, re_path
from django.views.defaults import page_not_found

from people.access import public

from . import health

not_here = public(page_not_found)

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    # An e-mail is changed by the administrator's verb, which is recorded; not on allauth's own page.
    re_path("^accounts/(?:email|signup|social|3rdparty)/", not_here, {"exception": None}),
    path("accounts/", include("allauth.urls")),
    path("season/import/", include("desk.urls_import")),
    path("", include("desk.urls")),
    path("", include("desk.urls_about")),
    path("", include("people.urls")),
    path("", include("goals.urls")),
    path("", include("funds.urls")),
    path("", include("proposals.urls")),
    path("", include("reviews.urls")),
    path("", include("slates.urls")),
    path("", include("investments.urls")),
]
