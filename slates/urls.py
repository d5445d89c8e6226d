"""Addresses of slates."""

urlpatterns: list = []
