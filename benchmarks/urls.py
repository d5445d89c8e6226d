"""The app's addresses and the yardstick's."""

from django.urls import include, path

from .bare import bare

urlpatterns = [path("bare/<slug:name>/", bare), path("", include("budgetcollab.urls"))]
