"""Addresses of the workbook import."""

from django.urls import path

from .views import season_import

urlpatterns = [
    path("", season_import.upload, name="season_import"),
    path("preview/", season_import.confirm, name="season_import_confirm"),
]
