"""The addresses of BudgetCollab. Every view behind them carries an access rule."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("desk.urls")),
    path("", include("people.urls")),
    path("", include("goals.urls")),
    path("", include("funds.urls")),
    path("", include("proposals.urls")),
    path("", include("reviews.urls")),
    path("", include("slates.urls")),
    path("", include("investments.urls")),
]
