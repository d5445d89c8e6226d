"""When a person was last here: a cookie of the browser, so that reading writes no row."""

from datetime import datetime, timedelta

from django.conf import settings

from activity import clock

A_YEAR = 365 * 24 * 3600
SAME_VISIT = timedelta(hours=1)
KEPT = {"max_age": A_YEAR, "secure": settings.HTTPS, "samesite": "Lax", "httponly": True}


def last_visit(request) -> datetime | None:
    """The end of the visit before this one; None on the first."""
    before, last = _kept(request)
    return last if last and clock.now() - last > SAME_VISIT else before


def note_visit(request, response) -> None:
    times = (last_visit(request), clock.now())
    words = "|".join(time.isoformat() if time else "" for time in times)
    response.set_cookie(_name(request), words, **KEPT)


def _kept(request) -> tuple[datetime | None, datetime | None]:
    before, _, last = request.COOKIES.get(_name(request), "").partition("|")
    return _time(before), _time(last)


def _time(text: str) -> datetime | None:
    """What a person's browser sends is read with care; a demo may have gone back before it."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo and time <= clock.now() else None


def _name(request) -> str:
    return f"visit-{request.user.pk}"
