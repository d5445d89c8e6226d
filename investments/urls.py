"""Addresses of investments."""

urlpatterns: list = []
