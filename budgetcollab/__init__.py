"""How BudgetCollab is wired: settings, addresses, Celery. No models."""

from budgetcollab.celery import app as celery_app

__all__ = ["celery_app"]
