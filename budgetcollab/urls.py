"""The addresses of BudgetCollab. Every view behind them carries an access rule."""

from django.urls import include, path

from . import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("accounts/", include("allauth.urls")),
    path("season/import/", include("desk.urls_import")),
    path("", include("desk.urls")),
    path("", include("people.urls")),
    path("", include("goals.urls")),
    path("", include("funds.urls")),
    path("", include("proposals.urls")),
    path("", include("reviews.urls")),
    path("", include("slates.urls")),
    path("", include("investments.urls")),
]
