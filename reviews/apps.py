"""What the others say: answers, feedback, ratings. Floor 4."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
