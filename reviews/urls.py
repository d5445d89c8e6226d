"""Addresses of reviews."""

urlpatterns: list = []
