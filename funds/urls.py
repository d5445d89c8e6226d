"""Addresses of funds."""

urlpatterns: list = []
