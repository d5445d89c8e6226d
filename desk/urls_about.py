"""Addresses around the work."""

from django.urls import path

from .views import about

urlpatterns = [
    path("look/", about.look, name="look"),
    path("waits/", about.waits, name="waits"),
    path("words/", about.words, name="words"),
    path("guide/", about.guide, name="guide"),
    path("gallery/", about.gallery, name="gallery"),
]
