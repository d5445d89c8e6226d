"""Pure functions over dates."""

from datetime import date, timedelta

from funds.arithmetic import years_after


def last_day(starts: date, years: int) -> date:
    """The default end: the last day of the cycle."""
    return years_after(starts, years) - timedelta(days=1)
