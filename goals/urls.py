"""Addresses of goals."""

urlpatterns: list = []
