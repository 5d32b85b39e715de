"""A day some months later: 31 August is followed by 30 September."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from dateutil.relativedelta import relativedelta


def months_after(day: date, months: int) -> date:
    """Return the same day *months* later, or the last day of a shorter month."""
    return day + relativedelta(months=months)


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])
