"""The one clock of business rules. Leases, sessions and rate limits use real time instead.

In the demo the clock may be set to a moment of the season; it then runs on from there.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_offset: timedelta | None = None


def now() -> datetime:
    """The moment at which business rules act, aware, in UTC."""
    if not settings.DEMO:
        return timezone.now()
    return timezone.now() + _demo_offset()


def today() -> date:
    """The calendar day of `now()` in the district's time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in the district's time zone."""
    return moment.astimezone(timezone.get_current_timezone()).date()


def set_to(moment: datetime | None) -> None:
    """Demo only: let the business clock run on from `moment`; None returns to real time."""
    from .models import DemoClock

    global _offset
    if not settings.DEMO:
        raise RuntimeError("The business clock can be set in demo mode only.")
    _offset = moment - timezone.now() if moment else timedelta(0)
    DemoClock.objects.update_or_create(pk=1, defaults={"offset_seconds": int(_offset.total_seconds())})


def forget() -> None:
    """Read the demo offset from the database again (after a restore, or between tests)."""
    global _offset
    _offset = None


def _demo_offset() -> timedelta:
    # The demo runs in one process, so the row is read once and kept.
    from .models import DemoClock

    global _offset
    if _offset is None:
        row = DemoClock.objects.filter(pk=1).first()
        _offset = timedelta(seconds=row.offset_seconds if row else 0)
    return _offset
