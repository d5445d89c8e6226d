"""Addresses of proposals."""

urlpatterns: list = []
