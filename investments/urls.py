"""Addresses of investments."""

from django.urls import path

from .views import investments, progress

urlpatterns: list = [
    path("investments/", investments.investments, name="investments"),
    path("investments/lessons/", investments.lessons, name="lessons"),
    path("investments/<int:pk>/", investments.investment, name="investment"),
    path("investments/<int:pk>/update/", progress.update, name="investment_update"),
    path("investments/<int:pk>/value/", progress.observation, name="investment_value"),
    path("investments/<int:pk>/review/", progress.review, name="investment_review"),
    path("investments/commitments/<int:pk>/", progress.commitment, name="commitment"),
]
