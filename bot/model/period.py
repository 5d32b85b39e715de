"""Periods of an audience: days as they are written, or relative to the day of its evaluation."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.i18n import Day, Text, ngettext, pgettext

EVER = ""  # at any time
THIS_MONTH, LAST_MONTH, THIS_YEAR = "month", "last_month", "year"
DAYS = "days."  # before a number: today and so many days before it
MOST_DAYS = 3660
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
Bounds = tuple[date | None, date | None]  # the first and the last day; None where it is open
_DAYS = re.compile(r"days\.([1-9][0-9]{0,3})")


def bounds_of(period: str, today: date) -> Bounds:
    """Return the days of a period on a day; raise `ValueError` where it is none.

    A period has a name, or is an interval "2026-10-01/2026-10-31" of which one side may be empty,
    or one date since which it lasts.
    """
    month = today.replace(day=1)
    match period:
        case "":
            return None, None
        case "month":
            return month, None
        case "last_month":
            last = month - timedelta(days=1)
            return last.replace(day=1), last
        case "year":
            return today.replace(month=1, day=1), None
    if found := _DAYS.fullmatch(period):
        number = int(found[1])
        if number > MOST_DAYS:
            raise ValueError(period)
        return today - timedelta(days=number), None
    return _interval(period)


def _interval(period: str) -> Bounds:
    """Return the days of an interval, or of a date since which it lasts."""
    first, _slash, last = period.partition("/")
    found = tuple(date.fromisoformat(one) if one else None for one in (first, last))
    is_empty = found == (None, None) or (first and last and first > last)
    if is_empty or not all(one is None or EARLIEST <= one <= LATEST for one in found):
        raise ValueError(period)
    return found[0], found[1]


def last_days(number: int) -> str:
    """Return the period of today and so many days before it."""
    return f"{DAYS}{number}"


def between(first: date | None, last: date | None) -> str:
    """Return the period of written days."""
    return f"{first or ''}/{last or ''}"


_NAMED = {
    THIS_MONTH: pgettext("period", "this month"),
    LAST_MONTH: pgettext("period", "last month"),
    THIS_YEAR: pgettext("period", "this year"),
}
_LAST = ngettext("in the last {count} day", "in the last {count} days", "count")
_SINCE = pgettext("period", "since {first}")
_UNTIL = pgettext("period", "until {last}")
_BETWEEN = pgettext("period", "from {first} to {last}")
_ON = pgettext("period", "on {first}")


def period_words(period: str) -> Text:
    """Return a period that is not at any time in words; raise `ValueError` where it is none."""
    if period in _NAMED:
        return _NAMED[period]
    if found := _DAYS.fullmatch(period):
        return _LAST.with_(count=int(found[1]))
    first, last = _interval(period)
    if first is not None and last is not None:
        is_day = first == last
        return (_ON if is_day else _BETWEEN).with_(first=Day(first), last=Day(last))
    if first is not None:
        return _SINCE.with_(first=Day(first))
    return _UNTIL.with_(last=Day(last or LATEST))
